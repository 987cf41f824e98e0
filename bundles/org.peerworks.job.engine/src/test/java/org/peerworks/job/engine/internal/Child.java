package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A JVM in surroundings that a test must not have itself. */
final class Child {

  private static final int SECONDS = 180;

  private Child() {}

  /** Runs a class on a file system of its own, which is small and made anew. */
  static void onSmallDisk(Path directory, String size, Class<?> main, String... arguments)
      throws Exception {
    List<String> mount =
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=\"$1\" none \"$2\" && shift 2 && exec \"$@\"",
            "sh",
            size,
            directory.toString());
    List<String> probe = new ArrayList<>(mount);
    probe.add("true");
    Assumptions.assumeTrue(
        run(probe).status() == 0,
        "Wants to mount a tmpfs: root, or a kernel that lets users make namespaces");
    requireSuccess(mount, main, arguments);
  }

  /** Runs a class with a limit on its resources, as {@code prlimit(1)} has them. */
  static void limited(String limit, Class<?> main, String... arguments) throws Exception {
    requireSuccess(List.of("prlimit", "--" + limit, "--"), main, arguments);
  }

  private static void requireSuccess(List<String> prefix, Class<?> main, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Result result = run(command);
    assertThat(result.status()).as(result.output()).isZero();
  }

  private record Result(int status, String output) {}

  private static Result run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(output).isTrue();
      return new Result(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
