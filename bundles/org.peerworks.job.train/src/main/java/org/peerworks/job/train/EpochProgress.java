package org.peerworks.job.train;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.sleap.ForwardProgress;
import org.peerworks.lib.sleap.TimeLeft;

/**
 * Follows the epochs of one model after the other through the trainer's messages, or through its
 * lines as long as it sends none. Thread-safe.
 */
final class EpochProgress {

  private final ForwardProgress forward;
  private final List<ModelPlan> models;

  /** Epochs of each model at most; 0 until its configuration or its trainer says. */
  private final long[] epochs;

  private String losses = "";
  private boolean talks;
  private TimeLeft timeLeft = new TimeLeft();

  EpochProgress(ForwardProgress forward, List<ModelPlan> models) {
    this.forward = forward;
    this.models = models;
    this.epochs = models.stream().mapToLong(ModelPlan::epochs).toArray();
  }

  /** Says that a model's turn has come, and reads its trainer's lines from then on. */
  synchronized Consumer<String> start(int index) {
    timeLeft = new TimeLeft();
    losses = "";
    talks = false;
    report(index, 0, label(index));
    return line -> EpochLine.parse(line).ifPresent(epoch -> read(index, epoch));
  }

  private synchronized void read(int index, EpochLine epoch) {
    if (!talks) {
      follow(index, epoch);
    }
  }

  /** Takes what the trainer of the model whose turn it is said by itself. */
  synchronized void heard(int index, EpochLine epoch) {
    talks = true;
    follow(index, epoch);
  }

  /** Says that a model is trained, perhaps before its last epoch. */
  synchronized void end(int index) {
    report(index, epochs[index], "done, " + (losses.isBlank() ? "" : losses + ", ") + label(index));
  }

  private void follow(int index, EpochLine epoch) {
    if (!epoch.losses().isBlank()) {
      losses = epoch.losses();
    }
    if (epochs[index] == 0) {
      epochs[index] = epoch.total();
    }
    report(index, epoch.done(), message(index, epoch));
  }

  private void report(int index, long done, String message) {
    long before = Arrays.stream(epochs).limit(index).sum();
    long all = before + done;
    boolean known = Arrays.stream(epochs).allMatch(count -> count > 0);
    long total = known ? Arrays.stream(epochs).sum() : 0;
    forward.accept(new Progress(total > 0 ? Math.min(all, total) : all, total, "epoch", message));
  }

  private String message(int index, EpochLine epoch) {
    long most = epoch.total() > 0 ? epoch.total() : epochs[index];
    StringBuilder message = new StringBuilder("epoch ").append(epoch.current());
    if (most > 0) {
      message.append('/').append(most);
    }
    // What matters most comes first, since a narrow terminal cuts the end.
    for (String part : List.of(epoch.losses(), timeLeft.after(epoch.done(), most), label(index))) {
      if (!part.isBlank()) {
        message.append(", ").append(part);
      }
    }
    return message.toString();
  }

  private String label(int index) {
    String name = models.get(index).name();
    String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return "model %d/%d '%s'".formatted(index + 1, models.size(), shown);
  }
}
