package org.peerworks.lib.sleap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.peerworks.lib.files.AtomicFiles;

/**
 * What a job type wants to know about a step when the job is run again, and the lines are gone.
 *
 * @param started when the step was first started
 * @param seconds how long it took; negative while it has not ended
 * @param error the trainer's error line, may be blank
 * @param lastLine the trainer's last line, may be blank
 */
record StepRecord(Instant started, double seconds, String error, String lastLine) {

  static Path file(Path workDirectory, String step) {
    return workDirectory.resolve("steps").resolve(step + ".properties");
  }

  static StepRecord startedAt(Instant started) {
    return new StepRecord(started, -1, "", "");
  }

  boolean ended() {
    return seconds >= 0;
  }

  static StepRecord read(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return new StepRecord(
        Instant.parse(properties.getProperty("started")),
        Double.parseDouble(properties.getProperty("seconds")),
        properties.getProperty("error"),
        properties.getProperty("lastLine"));
  }

  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("started", started.toString());
    properties.setProperty("seconds", Double.toString(seconds));
    properties.setProperty("error", error);
    properties.setProperty("lastLine", lastLine);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    properties.store(content, null);
    Files.createDirectories(file.getParent());
    AtomicFiles.write(file, content.toByteArray());
  }
}
