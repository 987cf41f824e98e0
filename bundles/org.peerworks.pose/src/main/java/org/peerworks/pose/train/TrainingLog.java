package org.peerworks.pose.train;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes {@code training_log.csv}, a line per epoch, each at once. */
final class TrainingLog implements AutoCloseable {

  private final Writer out;

  TrainingLog(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
    out.write("epoch,train_loss,val_loss,learning_rate,train_time\n");
    out.flush();
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
