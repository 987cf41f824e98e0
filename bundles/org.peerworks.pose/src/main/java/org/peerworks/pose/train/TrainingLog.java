package org.peerworks.pose.train;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes {@code training_log.csv}, a line per epoch, each at once. */
final class TrainingLog implements AutoCloseable {

  private final Writer out;

  /**
   * @param resume whether to go on after the lines that are there
   */
  TrainingLog(Path file, boolean resume) throws IOException {
    boolean more = resume && Files.exists(file);
    out =
        more
            ? Files.newBufferedWriter(file, StandardOpenOption.APPEND)
            : Files.newBufferedWriter(file);
    if (!more) {
      out.write("epoch,train_loss,val_loss,learning_rate,train_time\n");
      out.flush();
    }
  }

  /**
   * @param epoch from 0, as in sleap-nn
   */
  void line(int epoch, double loss, double validationLoss, double rate, double seconds)
      throws IOException {
    out.write(
        String.format(
            Locale.ROOT, "%d,%.9g,%.9g,%.6g,%.3f%n", epoch, loss, validationLoss, rate, seconds));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
