package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobType;

/** The job types that are running now, several versions side by side. Thread-safe. */
final class TypeRegistry {

  private final List<RegisteredType> types = new ArrayList<>();

  synchronized void add(RegisteredType type) {
    types.add(type);
  }

  /**
   * @return the name it had; empty if it was not known
   */
  synchronized Optional<RegisteredType> remove(JobType code) {
    Optional<RegisteredType> found = types.stream().filter(t -> t.code() == code).findFirst();
    found.ifPresent(types::remove);
    return found;
  }

  synchronized Optional<RegisteredType> find(String name, String version) {
    return types.stream()
        .filter(t -> t.name().equals(name) && t.version().equals(version))
        .findFirst();
  }

  /**
   * The highest version of a type.
   *
   * @throws JobException UNKNOWN_TYPE naming the types there are
   */
  RegisteredType require(String name) {
    Map<String, RegisteredType> newest = newest();
    RegisteredType type = newest.get(name);
    if (type == null) {
      String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
      throw new JobException(
          JobException.Code.UNKNOWN_TYPE,
          "This worker takes no job of type '"
              + shown
              + "' now. "
              + (newest.isEmpty()
                  ? "It has no job type running."
                  : newest.keySet().stream()
                      .collect(Collectors.joining("', '", "It takes '", "'."))));
    }
    return type;
  }

  /** The highest version of each type, by name. */
  synchronized Map<String, RegisteredType> newest() {
    Map<String, RegisteredType> newest = new TreeMap<>();
    types.stream()
        .sorted(Comparator.comparing(RegisteredType::version, RegisteredType::compareVersions))
        .forEach(type -> newest.put(type.name(), type));
    return newest;
  }
}
