package org.peerworks.job.train;

import java.util.List;
import java.util.function.Consumer;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.sleap.ProgressGate;
import org.peerworks.lib.sleap.TimeLeft;

/** Follows the epochs of one model after the other through the trainer's lines. */
final class EpochProgress {

  private final ProgressGate gate;
  private final List<ModelPlan> models;
  private final long total;
  private String losses = "";

  EpochProgress(ProgressGate gate, List<ModelPlan> models) {
    this.gate = gate;
    this.models = models;
    boolean known = models.stream().allMatch(model -> model.epochs() > 0);
    this.total = known ? models.stream().mapToLong(ModelPlan::epochs).sum() : 0;
  }

  /** Says that a model's turn has come, and reads its trainer's lines from then on. */
  Consumer<String> start(int index) {
    TimeLeft timeLeft = new TimeLeft();
    losses = "";
    report(index, 0, label(index));
    return line -> EpochLine.parse(line).ifPresent(epoch -> follow(index, epoch, timeLeft));
  }

  /** Says that a model is trained, perhaps before its last epoch. */
  void end(int index) {
    report(
        index,
        models.get(index).epochs(),
        label(index) + ": done" + (losses.isBlank() ? "" : ", " + losses));
    gate.flush();
  }

  private void follow(int index, EpochLine epoch, TimeLeft timeLeft) {
    if (!epoch.losses().isBlank()) {
      losses = epoch.losses();
    }
    report(index, epoch.done(), message(index, epoch, timeLeft));
  }

  private void report(int index, long done, String message) {
    long before = models.stream().limit(index).mapToLong(ModelPlan::epochs).sum();
    long all = before + done;
    gate.offer(new Progress(total > 0 ? Math.min(all, total) : all, total, "epoch", message));
  }

  private String message(int index, EpochLine epoch, TimeLeft timeLeft) {
    long epochs = epoch.total() > 0 ? epoch.total() : models.get(index).epochs();
    StringBuilder message =
        new StringBuilder(label(index)).append(": epoch ").append(epoch.current());
    if (epochs > 0) {
      message.append(" of ").append(epochs);
    }
    for (String part : List.of(epoch.losses(), timeLeft.after(epoch.done(), epochs))) {
      if (!part.isBlank()) {
        message.append(", ").append(part);
      }
    }
    return message.toString();
  }

  private String label(int index) {
    String name = models.get(index).name();
    String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return "Model %d of %d '%s'".formatted(index + 1, models.size(), shown);
  }
}
