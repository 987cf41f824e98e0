package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts Python stand-ins for the first sleap-rtc programs, and hears what they observe. */
final class StandIns {

  /** The stand-ins' programs; this module's own folder is where its tests are started. */
  static final Path PROGRAMS = Path.of("src/test/python").toAbsolutePath();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Process nursery;
  private final Thread reader;
  private final Map<String, StandIn> all = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  StandIns(Path directory) throws IOException {
    this.directory = directory;
    // Debian's interpreter, for Debian's packages.
    nursery =
        new ProcessBuilder("/usr/bin/python3", PROGRAMS.resolve("nursery.py").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    reader = new Thread(this::read, "stand-ins");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = nursery.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        JsonNode fact = JSON.readTree(line);
        StandIn standIn = all.get(fact.get("peer").textValue());
        standIn.observed(fact);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options of a stand-in. */
  static ObjectNode options() {
    return JSON.createObjectNode();
  }

  /**
   * Starts a stand-in in a process and a directory of its own.
   *
   * @param play {@code server}, {@code worker}, {@code client} or {@code wrong}
   * @param options as its program describes them
   */
  StandIn start(String play, ObjectNode options) throws IOException {
    String name = play + "-" + count.incrementAndGet();
    Path place = Files.createDirectories(directory.resolve(name));
    StandIn standIn = new StandIn(this, name, place);
    all.put(name, standIn);
    say(options.deepCopy().put("start", name).put("play", play).put("directory", place.toString()));
    return standIn;
  }

  void signal(String name, int number) throws IOException {
    say(options().put("signal", name).put("number", number));
  }

  private synchronized void say(ObjectNode words) throws IOException {
    OutputStream in = nursery.getOutputStream();
    in.write((words + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  void close() throws IOException, InterruptedException {
    nursery.getOutputStream().close();
    if (!nursery.waitFor(10, TimeUnit.SECONDS)) {
      nursery.destroyForcibly();
    }
    reader.join(TimeUnit.SECONDS.toMillis(10));
  }
}
