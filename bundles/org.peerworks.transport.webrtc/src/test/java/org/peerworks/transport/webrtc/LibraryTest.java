package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native library, on machines that lack something, and after an update. */
class LibraryTest {

  private static final String RESOURCE = "libwebrtc-java-linux-x86_64.so";
  private static final String MISSING = "libpulse.so.0";

  @TempDir Path directory;

  @Test
  void aSystemLibraryThatIsMissingIsNamedAndTheTransportStaysUp() throws Exception {
    // The same library, which needs another one that no machine has.
    Path patched = Files.createDirectory(directory.resolve("patched"));
    try (InputStream content = getClass().getClassLoader().getResourceAsStream(RESOURCE)) {
      String text = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
      Files.writeString(
          patched.resolve(RESOURCE),
          text.replace(MISSING + "\0", "libpulso.so.0\0"),
          StandardCharsets.ISO_8859_1);
    }
    List<String> command = child(patched + File.pathSeparator);
    assertThat(run(command))
        .contains("connect: WebRTC needs the library 'libpulso.so.0', which this machine")
        .contains("accept: WebRTC needs the library 'libpulso.so.0', which this machine")
        .contains("connect again: WebRTC needs the library 'libpulso.so.0', which this machine")
        .contains("closed");
  }

  @Test
  void aMachineWithoutPulseAudioIsToldItsDebianPackage() throws Exception {
    // A mount namespace, in which the directory with the library is one of links, without it.
    Path script = Files.writeString(directory.resolve("without.sh"), WITHOUT_LIBRARY);
    assumeThat(status("unshare", "-rm", "true"))
        .as("Wants a mount namespace: root, or a kernel that lets users make namespaces")
        .isZero();
    List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", script.toString()));
    command.add(MISSING);
    command.add(Files.createDirectory(directory.resolve("real")).toString());
    command.add(Files.createDirectory(directory.resolve("links")).toString());
    command.addAll(child(""));
    assertThat(run(command))
        .contains(
            "connect: WebRTC needs the library 'libpulse.so.0', which this machine does not have. Install the Debian package 'libpulse0' (apt-get install libpulse0), then restart.")
        .contains("accept: WebRTC needs the library 'libpulse.so.0'")
        .contains("closed");
  }

  /** Arguments: library, two empty directories, command. */
  private static final String WITHOUT_LIBRARY =
      """
      set -eu
      library=$1 real=$2 links=$3
      shift 3
      found=$(ldconfig -p | sed -n "s|.*$library.*=> ||p" | head -n 1)
      if [ -n "$found" ]; then
        place=$(dirname "$(readlink -f "$found")")
        mount --bind "$place" "$real"
        cp -rs "$real/." "$links/" 2>/dev/null || true
        rm -f "$links/$library"*
        mount --bind "$links" "$place"
      fi
      exec "$@"
      """;

  private List<String> child(String before) {
    return List.of(
        Remote.java(),
        "-cp",
        before + System.getProperty("java.class.path"),
        Unloadable.class.getName(),
        directory.toString());
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static int status(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  /** The other process: uses a transport whose library cannot be loaded. */
  static final class Unloadable {

    private Unloadable() {}

    public static void main(String[] args) throws Exception {
      WebRtcTransport transport =
          new WebRtcTransport(Tuned.settings().get(), Pair.library(Path.of(args[0])));
      MemoryRoom room = new MemoryRoom(new ConcurrentHashMap<>(), "room");
      say("connect", () -> Pair.get(transport.connect(room, "worker")));
      say("accept", () -> transport.accept(room, peer -> {}));
      say("connect again", () -> Pair.get(transport.connect(room, "worker")));
      transport.close();
      System.out.println("closed");
    }

    private static void say(String what, java.util.concurrent.Callable<?> call) {
      try {
        call.call();
        System.out.println(what + ": works");
      } catch (java.util.concurrent.ExecutionException e) {
        System.out.println(what + ": " + e.getCause().getMessage());
      } catch (Exception e) {
        System.out.println(what + ": " + e.getMessage());
      }
    }
  }

  @Test
  void anUpdateAsksForARestartInsteadOfMappingTheLibraryTwice() throws Exception {
    Pair.library(directory).load();
    long before = mappings();
    try (URLClassLoader updated =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = updated.loadClass(NativeLibrary.class.getName());
      var make = type.getDeclaredConstructor(Path.class, String.class);
      make.setAccessible(true);
      var load = type.getDeclaredMethod("load");
      load.setAccessible(true);
      Object library = make.newInstance(directory, "test");
      assertThatThrownBy(() -> load.invoke(library))
          .isInstanceOf(InvocationTargetException.class)
          .hasRootCauseMessage(
              "The WebRTC transport was updated while this process ran, and its native library cannot be replaced. Restart to finish the update.");
    }
    assertThat(mappings()).isEqualTo(before).isPositive();
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static long mappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("webrtc-java")).count();
    }
  }
}
