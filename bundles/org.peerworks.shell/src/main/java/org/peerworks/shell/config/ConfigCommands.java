package org.peerworks.shell.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.shell.config.Metatype.Described;

/** The shell's commands on configuration. */
@Component(
    service = ConfigCommands.class,
    property = {
      "peerworks.complete=list pids",
      "peerworks.complete=edit pids",
      "peerworks.complete=reset pids",
      "peerworks.complete=snapshot",
      "peerworks.complete=snapshots",
      "peerworks.complete=rollback snapshotIds"
    })
@GogoCommand(
    scope = "config",
    function = {"list", "edit", "reset", "snapshot", "snapshots", "rollback"})
public final class ConfigCommands {

  private static final String MASK = "(secret)";

  private final BundleContext context;
  private final Path ready;
  private final ConfigStore store;
  private final LiveConfig live;
  private final ObjectMapper json = new ObjectMapper();
  private Metatype metatype;
  private int state;

  /** A configuration as the shell shows it. */
  public record PidRow(String pid, int set, String description) {}

  /** A setting as the shell shows it. */
  public record SettingRow(String key, String value, String from, String range, String meaning) {}

  /** A snapshot as the shell shows it. */
  public record SnapshotRow(String id, int files, String why) {}

  @Activate
  public ConfigCommands(
      BundleContext context, @Reference(name = "admin") ConfigurationAdmin admin) {
    this.context = context;
    Path home = Path.of(context.getProperty("peerworks.home"));
    this.ready = home.resolve("bundles");
    this.store = new ConfigStore(Path.of(context.getProperty("peerworks.data")), home);
    this.live = new LiveConfig(admin);
  }

  @Descriptor("Lists what can be configured")
  public Object list(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson)
      throws IOException {
    List<PidRow> rows = new ArrayList<>();
    for (Described described : metatype().all().values()) {
      int set = store.own(described.pid()).size();
      rows.add(new PidRow(described.pid(), set, described.description()));
    }
    return shown(rows, asJson);
  }

  @Descriptor("Lists the settings of a configuration: value, where it is from, and what it means")
  public Object list(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("PID, such as org.peerworks.worker") String pid)
      throws IOException {
    Described described = described(pid);
    Map<String, String> own = store.own(pid);
    Map<String, String> home = store.home(pid);
    Optional<Dictionary<String, Object>> now = live.of(pid);
    List<SettingRow> rows = new ArrayList<>();
    for (Setting setting : described.settings().values()) {
      Object value = now.map(values -> values.get(setting.key())).orElse(null);
      String text = value == null ? setting.standard() : value.toString();
      String from = from(setting.key(), value, own, home);
      rows.add(
          new SettingRow(
              setting.key(),
              setting.secret() && !text.isEmpty() ? MASK : text,
              from,
              setting.range(),
              setting.description()));
    }
    return shown(rows, asJson);
  }

  private static String from(
      String key, Object value, Map<String, String> own, Map<String, String> home) {
    if (value == null) {
      return "default";
    } else if (value.toString().equals(own.get(key))) {
      return "administrator";
    }
    return value.toString().equals(home.get(key)) ? "installation" : "command line";
  }

  @Descriptor(
      "Changes settings, for example: config:edit org.peerworks.worker name=gpu-1."
          + " They count at once, and after a restart")
  public String edit(@Descriptor("PID") String pid, @Descriptor("KEY=VALUE") String... settings)
      throws IOException {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    Described described = described(pid);
    Assignments.of(settings)
        .forEach(
            (key, value) -> {
              Setting setting = setting(described, key);
              setting
                  .wanted(value)
                  .ifPresent(
                      wanted -> {
                        throw new IllegalArgumentException(
                            "'"
                                + key
                                + "' was to be "
                                + (setting.secret() ? MASK : "'" + value + "'")
                                + "; "
                                + wanted
                                + " was expected.");
                      });
              values.put(key, Optional.of(value));
            });
    return apply(described, pid, values, "before config:edit " + pid + " " + values.keySet());
  }

  @Descriptor(
      "Takes settings back to their defaults, for example: config:reset org.peerworks.worker name")
  public String reset(@Descriptor("PID") String pid, @Descriptor("KEY") String... keys)
      throws IOException {
    if (keys.length == 0) {
      throw new IllegalArgumentException("Which setting? 'config:list " + pid + "' lists them.");
    }
    Described described = described(pid);
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(setting(described, key).key(), Optional.empty());
    }
    return apply(described, pid, values, "before config:reset " + pid + " " + values.keySet());
  }

  private String apply(
      Described described, String pid, Map<String, Optional<String>> values, String why)
      throws IOException {
    String snapshot = store.edit(pid, values, why);
    if (described.running()) {
      Map<String, String> home = store.home(pid);
      Map<String, Optional<String>> now = new LinkedHashMap<>();
      values.forEach(
          (key, value) -> now.put(key, value.or(() -> Optional.ofNullable(home.get(key)))));
      live.change(pid, now);
    }
    return "Changed "
        + values.keySet()
        + (described.running() ? "." : "; it counts from the worker's next start on.")
        + " 'config:rollback "
        + snapshot
        + "' takes it back.";
  }

  @Descriptor("Keeps a copy of all configuration files, and prints its name")
  public String snapshot() throws IOException {
    return store.snapshot("config:snapshot");
  }

  @Descriptor("Lists the copies that can be gone back to, newest first")
  public Object snapshots(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson)
      throws IOException {
    List<SnapshotRow> rows =
        store.snapshots().stream().map(s -> new SnapshotRow(s.id(), s.files(), s.why())).toList();
    return rows.isEmpty() && !asJson ? "No snapshots." : shown(rows, asJson);
  }

  @Descriptor("Takes all configuration files back to a snapshot")
  public String rollback(@Descriptor("name of the snapshot") String id) throws IOException {
    Map<String, Map<String, String>> before = new LinkedHashMap<>();
    for (Described described : metatype().all().values()) {
      before.put(described.pid(), store.own(described.pid()));
    }
    Set<String> changed = store.rollback(id);
    for (String pid : changed) {
      Map<String, String> home = store.home(pid);
      Map<String, String> own = store.own(pid);
      Set<String> keys = new HashSet<>(before.getOrDefault(pid, Map.of()).keySet());
      keys.addAll(own.keySet());
      Map<String, Optional<String>> values = new LinkedHashMap<>();
      keys.forEach(
          key -> values.put(key, Optional.ofNullable(own.getOrDefault(key, home.get(key)))));
      live.change(pid, values);
    }
    return changed.isEmpty() ? "Nothing was different." : "Changed " + changed + ".";
  }

  /** PIDs to complete, with what they are. */
  public Map<String, String> pids() throws IOException {
    Map<String, String> pids = new LinkedHashMap<>();
    metatype().all().values().forEach(d -> pids.put(d.pid(), d.description()));
    return pids;
  }

  /** Snapshots to complete, with why they were made. */
  public Map<String, String> snapshotIds() throws IOException {
    Map<String, String> ids = new LinkedHashMap<>();
    store.snapshots().forEach(snapshot -> ids.put(snapshot.id(), snapshot.why()));
    return ids;
  }

  /** Read again when bundles have come, gone or changed. */
  private synchronized Metatype metatype() throws IOException {
    Bundle[] bundles = context.getBundles();
    int now = Arrays.hashCode(Arrays.stream(bundles).mapToLong(Bundle::getLastModified).toArray());
    if (metatype == null || now != state) {
      metatype = Metatype.read(bundles, ready);
      state = now;
    }
    return metatype;
  }

  /** Of {@code PID} or {@code FACTORY-PID~name}. */
  private Described described(String pid) throws IOException {
    Map<String, Described> all = metatype().all();
    String plain = pid.replaceFirst("~[\\w.-]+$", "");
    Described described = all.get(plain);
    if (described == null) {
      throw new IllegalArgumentException(
          Nearest.sentence("Nothing has the configuration '" + pid + "'", plain, all.keySet()));
    }
    return described;
  }

  private static Setting setting(Described described, String key) {
    Setting setting = described.settings().get(key);
    if (setting == null) {
      throw new IllegalArgumentException(
          Nearest.sentence(
              "'" + described.pid() + "' has no setting '" + key + "'",
              key,
              described.settings().keySet()));
    }
    return setting;
  }

  private Object shown(Object value, boolean asJson) {
    try {
      return asJson ? json.writeValueAsString(value) : value;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print this as JSON.", e);
    }
  }
}
