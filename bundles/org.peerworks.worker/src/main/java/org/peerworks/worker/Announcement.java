package org.peerworks.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.Slots;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.transport.api.Transport;

/** How this worker describes itself in its room (sleap-rtc wire format, worker properties). */
final class Announcement {

  private static final List<String> TAGS =
      List.of("sleap-rtc", "training-worker", "inference-worker");

  /** What the wire calls our job types. */
  private static final Map<String, String> WIRE_NAMES =
      Map.of("train", "training", "track", "inference");

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final String name;
  private final String hostName;
  private final String version;
  private final Protocols protocols;
  private final Set<String> announced = new HashSet<>();
  private Optional<JobsView.Load> load = Optional.empty();
  private Optional<Intake> intake = Optional.empty();
  private Optional<Mounts> mounts = Optional.empty();
  private Capacity capacity = new Capacity(Optional.empty());
  private Optional<Map<String, Object>> transports = Optional.empty();

  /**
   * @param name for people; blank for the host's
   */
  Announcement(String name, String version, Protocols protocols) {
    this.hostName = hostName();
    this.name = name.isBlank() ? hostName : name.strip();
    this.version = version;
    this.protocols = protocols;
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "worker";
    }
  }

  String name() {
    return name;
  }

  /**
   * @param now empty while there is no job engine
   */
  synchronized void load(Optional<JobsView.Load> now) {
    load = now;
  }

  /**
   * @param now empty while there is no job engine
   */
  synchronized void slots(Optional<Slots> now) {
    capacity = new Capacity(now);
  }

  /**
   * @param now empty while there is no job engine
   */
  synchronized void intake(Optional<Intake> now) {
    intake = now;
  }

  /** Why no jobs are taken in; empty while they are. */
  synchronized String closed() {
    return intake.flatMap(Intake::closed).orElse("");
  }

  /**
   * @param now empty while clients may look into no directories
   */
  synchronized void mounts(Optional<Mounts> now) {
    mounts = now;
  }

  /**
   * @param now what the transports that accept peers say, by their names
   */
  synchronized void transports(Map<String, Object> now) {
    if (transports.isPresent() || !now.isEmpty()) { // once said, it cannot be taken back
      transports = Optional.of(now);
    }
  }

  private List<Map<String, String>> mounts() {
    return mounts.map(Mounts::mounts).orElse(List.of()).stream()
        .map(mount -> Map.of("path", mount.path(), "label", mount.label()))
        .toList();
  }

  /** As a person writes them: {@code label=path}. */
  synchronized List<String> mountNames() {
    return mounts.map(Mounts::mounts).orElse(List.of()).stream()
        .map(mount -> mount.label() + "=" + mount.path())
        .toList();
  }

  synchronized List<String> slots() {
    return capacity.descriptions();
  }

  synchronized String status() {
    if (!closed().isEmpty()) {
      return "maintenance";
    }
    return load.map(now -> now.running() < maxJobs() ? "available" : "busy").orElse("maintenance");
  }

  private int maxJobs() {
    return capacity.jobs(load.map(JobsView.Load::kinds).orElse(Set.of()));
  }

  synchronized List<String> jobTypes() {
    return load.map(JobsView.Load::types).orElse(List.of());
  }

  private List<String> wireTypes() {
    return jobTypes().stream().map(type -> WIRE_NAMES.getOrDefault(type, type)).toList();
  }

  PeerInfo describe() {
    return new PeerInfo("", Role.WORKER, TAGS, properties());
  }

  /** A protocol that has gone leaves an empty object, as properties cannot be taken back. */
  synchronized Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.putAll(capacity.properties());
    properties.put("cuda_version", "N/A");
    properties.put("sleap_version", "N/A");
    properties.put("sleap_nn_version", "N/A");
    properties.put("peerworks_version", version);
    properties.put("hostname", hostName);
    properties.put("worker_name", name);
    properties.put("status", status());
    properties.put("max_concurrent_jobs", maxJobs());
    properties.put("supported_job_types", wireTypes());
    properties.put("mounts", mounts());
    transports.ifPresent(now -> properties.put(Transport.ANNOUNCED, now));
    announced.forEach(gone -> properties.put(gone, Map.of()));
    Map<String, Object> spoken = protocols.announcements();
    announced.addAll(spoken.keySet());
    properties.putAll(spoken);
    return properties;
  }
}
