package org.peerworks.itests.distribution;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An administrator at the prompt of a worker, who swaps a job type for another version and changes
 * the configuration, all the time, and knows what each of them may be after a kill.
 */
final class KillAdmin {

  private static final String TYPE = "org.peerworks.job.train";
  private static final List<String> PIDS =
      List.of("org.peerworks.job.track", "org.peerworks.files.resolver");
  private static final List<List<String>> KEYS =
      List.of(List.of("maxEntries", "maxRatio"), List.of("maxEntries", "maxProjectBytes"));
  private static final Pattern SNAPSHOT = Pattern.compile("'config:rollback ([0-9-]+)' takes");
  private static final Pattern COMMITTED = Pattern.compile("Transaction \\d+ is committed");
  private static final Pattern ENDED =
      Pattern.compile("\\[\\d+] +(?!background)\\S+ +bundle:update");
  private static final int LEAST = 100_000;

  private final Path data;
  private final Map<String, Path> versions;
  private final Map<String, List<Integer>> snapshots = new LinkedHashMap<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private volatile List<Integer> settings = List.of(LEAST, LEAST);
  private volatile List<Integer> wantedSettings = settings;
  private volatile String version = "";
  private volatile String wantedVersion = "";
  private volatile boolean going;
  private Thread thread;
  private int changes;
  private int installs;

  /**
   * @param versions jars of the job type by their version
   */
  KillAdmin(Path data, Map<String, Path> versions) {
    this.data = data;
    this.versions = versions;
  }

  /** The first version, and the first settings. */
  void begin(KillPrompt prompt) {
    String first = versions.keySet().iterator().next();
    assertCommitted(prompt.ask("bundle:install " + versions.get(first)).orElseThrow());
    version = wantedVersion = first;
    for (int i = 0; i < PIDS.size(); i++) {
      edit(prompt, i, LEAST);
    }
    snapshots.clear(); // not all files were there yet
  }

  private static void assertCommitted(String said) {
    if (!COMMITTED.matcher(said).find()) {
      throw new AssertionError(said);
    }
  }

  /** Works at a prompt, until the worker is gone or {@link #pause} is called. */
  void work(KillPrompt prompt) {
    going = true;
    thread =
        new Thread(
            () -> {
              while (going && change(prompt) && install(prompt)) {
                continue;
              }
            },
            "kill-admin");
    thread.start();
  }

  void pause() throws InterruptedException {
    going = false;
    if (thread != null) {
      thread.join();
    }
  }

  /** One change of the configuration while an install goes on, and some more. */
  private boolean install(KillPrompt prompt) {
    wantedVersion =
        versions.keySet().stream().filter(one -> !one.equals(version)).findFirst().orElseThrow();
    int before = prompt.said().size();
    prompt.type("bundle:update " + TYPE + " " + versions.get(wantedVersion) + " &");
    while (!ended(prompt.said(), before)) {
      if (!change(prompt)) {
        return false;
      }
    }
    if (!kept().equals(wantedVersion)) {
      wrong.add("Not installed: " + String.join("\n", prompt.said()));
      return false;
    }
    version = wantedVersion;
    installs++;
    return true;
  }

  private static boolean ended(List<String> said, int from) {
    return said.stream().skip(from).anyMatch(line -> ENDED.matcher(line).find());
  }

  /** Changes a setting, or goes back to a snapshot. */
  private boolean change(KillPrompt prompt) {
    changes++;
    if (changes % 4 == 0 && !snapshots.isEmpty()) {
      List<String> names = List.copyOf(snapshots.keySet());
      String name = names.get(Math.max(0, names.size() - 1 - changes % 7));
      wantedSettings = snapshots.get(name);
      Optional<String> said = prompt.ask("config:rollback " + name);
      said.ifPresent(text -> changed(text, "Changed \\[|Nothing was different"));
      return said.isPresent();
    }
    return edit(prompt, changes % PIDS.size(), LEAST + changes);
  }

  private boolean edit(KillPrompt prompt, int which, int value) {
    List<Integer> next =
        which == 0 ? List.of(value, settings.get(1)) : List.of(settings.get(0), value);
    List<Integer> before = settings;
    wantedSettings = next;
    List<String> keys = KEYS.get(which);
    Optional<String> said =
        prompt.ask(
            "config:edit %s %s=%d %s=%d"
                .formatted(PIDS.get(which), keys.get(0), value, keys.get(1), value));
    said.ifPresent(
        text -> {
          Matcher name = SNAPSHOT.matcher(text);
          if (name.find()) {
            snapshots.put(name.group(1), before);
            forgetOld();
          }
          changed(text, "Changed \\[");
        });
    return said.isPresent();
  }

  private void forgetOld() {
    while (snapshots.size() > 20) {
      snapshots.remove(snapshots.keySet().iterator().next());
    }
  }

  private void changed(String said, String expected) {
    if (Pattern.compile(expected).matcher(said).find()) {
      settings = wantedSettings;
    } else {
      wrong.add("Not changed: " + said);
    }
  }

  /**
   * Adds to what is wrong: half states after a kill, in the files and in the worker that is back.
   */
  void check(KillPrompt prompt, List<String> findings) throws IOException {
    List<Integer> now = List.of(setting(prompt, 0, findings), setting(prompt, 1, findings));
    if (!now.equals(settings) && !now.equals(wantedSettings)) {
      findings.add("Settings " + now + ", neither " + settings + " nor " + wantedSettings);
    }
    settings = wantedSettings = now;
    String taking = taking(prompt);
    if (!taking.equals(version) && !taking.equals(wantedVersion)) {
      findings.add("Version '" + taking + "', neither " + version + " nor " + wantedVersion);
    }
    String kept = kept();
    if (!taking.equals(kept)) {
      findings.add("Version '" + taking + "' takes jobs, but the state says '" + kept + "'");
    }
    version = wantedVersion = taking;
    findings.addAll(wrong);
    wrong.clear();
  }

  /** The value that both keys of a file have, and that the worker has too. */
  private int setting(KillPrompt prompt, int which, List<String> findings) throws IOException {
    String pid = PIDS.get(which);
    String file = Files.readString(data.resolve("config").resolve(pid + ".cfg"));
    JsonNode live = new ObjectMapper().readTree(json(prompt.ask("config:list " + pid + " --json")));
    int value = -1;
    for (String key : KEYS.get(which)) {
      Matcher line = Pattern.compile("(?m)^" + key + " *= *(\\d+)$").matcher(file);
      int found = line.find() ? Integer.parseInt(line.group(1)) : -2;
      value = value == -1 ? found : value;
      String used = "";
      for (JsonNode row : live) {
        used = row.get("key").asText().equals(key) ? row.get("value").asText() : used;
      }
      if (found != value || !used.equals(Integer.toString(value))) {
        findings.add(pid + " is half changed: " + file + ", '" + key + "' is used as " + used);
      }
    }
    return value;
  }

  /** The version that takes new jobs, once there is one. */
  private static String taking(KillPrompt prompt) {
    String[] taking = {""};
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              String said = json(prompt.ask("jobtype:list --json"));
              for (JsonNode row : new ObjectMapper().readTree(said)) {
                if (row.get("type").asText().equals("train") && row.get("share").asInt() == 100) {
                  taking[0] = row.get("version").asText();
                }
              }
              return !taking[0].isEmpty();
            });
    return taking[0];
  }

  private String kept() {
    JsonNode state;
    try {
      state = new ObjectMapper().readTree(data.resolve("bundles/state.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String kept = "";
    for (JsonNode bundle : state.get("bundles")) {
      String title = bundle.get("name").asText() + " " + bundle.get("version").asText();
      boolean leaves = false;
      for (JsonNode leaving : state.get("leaving")) {
        leaves |= leaving.asText().equals(title);
      }
      kept = leaves ? kept : bundle.get("version").asText();
    }
    return kept;
  }

  private static String json(Optional<String> said) {
    String text = said.orElseThrow(() -> new AssertionError("The worker is gone."));
    int from = text.indexOf('[');
    return text.substring(from, text.indexOf('\n', from));
  }

  String done() {
    return "%d changes of the configuration, %d installs".formatted(changes, installs);
  }
}
