package org.peerworks.cli.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.cli.CommandFailure;

/** The worker as systemd runs it. */
final class Systemd implements Service {

  static final String WORKER = "peerworks-worker.service";
  static final String UPGRADE = "peerworks-worker-upgrade.service";

  /** What the launcher takes for a request to drain and end. */
  private static final String DRAIN = "USR1";

  private final Programs programs;
  private final boolean user;

  Systemd(Programs programs, boolean user) {
    this.programs = programs;
    this.user = user;
  }

  /**
   * @throws CommandFailure if systemd does not run here, or not for this user
   */
  void requireRunning() throws IOException, InterruptedException {
    Programs.Ended ended;
    try {
      ended = control("show", "--property=Version");
    } catch (CommandFailure e) {
      throw CommandFailure.usage(
          "There is no 'systemctl' on this machine, so nothing here runs services of systemd. Start"
              + " 'peerworks worker' with what does.",
          e);
    }
    if (!ended.well()) {
      throw CommandFailure.usage(
          "systemd does not run "
              + (user ? "for this user: log in as this user (not with su or sudo)" : "this machine")
              + ". It said: "
              + ended.output());
    }
  }

  @Override
  public Status status() throws IOException, InterruptedException {
    Map<String, String> known = new HashMap<>();
    String told =
        require(
            "show",
            "--property=ActiveState,SubState,Result,ExecMainStatus,MainPID,StatusText",
            WORKER);
    for (String line : told.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        known.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    String state = known.getOrDefault("ActiveState", "");
    boolean again = known.getOrDefault("SubState", "").equals("auto-restart");
    return new Status(
        state.equals("active"),
        state.equals("deactivating") || state.equals("activating") && !again,
        number(known.get("MainPID")),
        why(known));
  }

  private static String why(Map<String, String> known) {
    String text = known.getOrDefault("StatusText", "");
    String result = known.getOrDefault("Result", "success");
    return switch (result) {
      case "success" -> text;
      case "exit-code" -> "It ended with status " + known.get("ExecMainStatus") + ".";
      case "signal", "core-dump" -> "Signal " + known.get("ExecMainStatus") + " ended it.";
      case "watchdog" -> "It gave no sign of life.";
      case "timeout" -> "It was not ready in time" + (text.isEmpty() ? "." : ": " + text + ".");
      default -> "systemd says '" + result + "'.";
    };
  }

  private static long number(String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    control("reset-failed", WORKER);
    require("start", "--no-block", WORKER);
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    require("stop", WORKER);
  }

  @Override
  public void drain() throws IOException, InterruptedException {
    require("kill", "--kill-who=main", "--signal=" + DRAIN, WORKER);
  }

  void reload() throws IOException, InterruptedException {
    require("daemon-reload");
  }

  void enable() throws IOException, InterruptedException {
    require("enable", WORKER, UPGRADE);
  }

  void disable() throws IOException, InterruptedException {
    require("disable", "--now", WORKER, UPGRADE);
  }

  private Programs.Ended control(String... words) throws IOException, InterruptedException {
    return programs.run("systemctl", arguments(words));
  }

  private String require(String... words) throws IOException, InterruptedException {
    return programs.require("systemctl", arguments(words));
  }

  private String[] arguments(String... words) {
    List<String> all = new ArrayList<>();
    if (user) {
      all.add("--user");
    }
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }
}
