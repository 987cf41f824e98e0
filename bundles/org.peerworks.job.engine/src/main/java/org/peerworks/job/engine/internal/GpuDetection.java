package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.peerworks.job.api.Gpu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks NVIDIA's program {@code nvidia-smi}, which comes with the driver, for the GPUs. */
final class GpuDetection {

  private static final Logger LOG = LoggerFactory.getLogger(GpuDetection.class);

  private static final String PROGRAM = "nvidia-smi";
  private static final List<String> ARGUMENTS =
      List.of("--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits");

  /** {@code 0, NVIDIA A100-SXM4-40GB, 40960}; a GPU that shares the machine's memory says [N/A]. */
  private static final Pattern LINE = Pattern.compile("(\\d{1,4}), (.{1,200}), (\\d{1,9}|\\[.*])");

  private static final int MOST_BYTES = 64 << 10;

  private final String path;
  private final Duration patience;

  /**
   * @param path directories to look for the program in, as the variable {@code PATH} has them
   * @param patience how long the program may take; where no program keeps the driver loaded, it
   *     takes seconds
   */
  GpuDetection(String path, Duration patience) {
    this.path = path;
    this.patience = patience;
  }

  /**
   * Blocks for as long as the program takes.
   *
   * @return by index; empty if there is none, or they cannot be asked for, which the log says
   */
  List<Gpu> detect() {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      LOG.info("No GPU: there is no program '{}', which comes with NVIDIA's driver", PROGRAM);
      return List.of();
    }
    try {
      List<Gpu> gpus = parse(ask(program.get()));
      LOG.info("Found {} GPUs: {}", gpus.size(), gpus.stream().map(Gpu::name).toList());
      return gpus;
    } catch (IOException e) {
      LOG.warn("No GPU is used, for '{}' did not tell them: {}", program.get(), e.getMessage());
    } catch (InterruptedException e) {
      LOG.warn("No GPU is used, for '{}' was interrupted", program.get());
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  private Optional<Path> program() {
    return Stream.of(path.split(":"))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, PROGRAM))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private String ask(Path program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(ARGUMENTS);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .start();
    try (InputStream said = process.getInputStream()) {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it did not end within " + patience.toSeconds() + " s");
      }
      // What it left behind may hold the pipe open: only what is there is read.
      byte[] bytes = said.readNBytes(Math.min(MOST_BYTES, said.available()));
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IOException(
            "it ended with exit status " + process.exitValue() + ": " + firstLine(text));
      }
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<Gpu> parse(String text) throws IOException {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      Matcher match = LINE.matcher(line);
      if (match.matches()) {
        int index = Integer.parseInt(match.group(1));
        String memory = match.group(3);
        gpus.add(
            new Gpu(index, match.group(2), memory.startsWith("[") ? 0 : Integer.parseInt(memory)));
        if (gpus.size() != index + 1) {
          throw new IOException("it does not count the GPUs from 0: " + firstLine(line));
        }
      } else if (!line.startsWith("WARNING") && !line.startsWith("No devices")) {
        throw new IOException("it said: " + firstLine(line));
      }
    }
    return gpus;
  }

  /** Of what a program said, as a log may repeat it. */
  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{C}", "?");
    return "'" + (line.length() > 200 ? line.substring(0, 200) + "…" : line) + "'";
  }
}
