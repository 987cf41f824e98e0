package org.peerworks.cli.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Notes what would change the machine, and does only what concerns files of the test. */
final class ScriptedPrograms extends Programs {

  final List<String> called = new ArrayList<>();

  /** What {@code systemctl} answers; null as if there were none. */
  String systemctl = "Version=252";

  @Override
  Ended run(String program, String... arguments) throws IOException, InterruptedException {
    called.add(program + " " + String.join(" ", arguments));
    return switch (program) {
      case "systemctl" ->
          systemctl == null
              ? super.run("there-is-no-systemctl-here")
              : new Ended(systemctl.startsWith("System has not") ? 1 : 0, systemctl);
      case "getent" -> new Ended(2, "");
      case "useradd", "chown" -> new Ended(0, "");
      default -> super.run(program, arguments);
    };
  }

  /** The calls that begin so. */
  List<String> calls(String start) {
    return called.stream().filter(call -> call.startsWith(start)).toList();
  }
}
