package org.peerworks.pose.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.peerworks.pose.Console;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.ReadAhead;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.TrainerConfig;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.net.UNet;
import org.peerworks.pose.train.Batches.Batch;

/** Teaches a network, epoch by epoch, and keeps the weights of the best one. */
final class Training implements AutoCloseable {

  private final TrainerConfig config;
  private final InputShape shape;
  private final Console console;
  private final Interruption interruption;
  private final TrainingMonitor monitor;
  private final LearningRate rate;
  private final Patience patience;
  private final Random random;
  private final Model model;
  private final Trainer trainer;

  private int epochs;
  private double best = Double.POSITIVE_INFINITY;

  Training(
      TrainerConfig config,
      UNet network,
      InputShape shape,
      Device device,
      long seed,
      Console console,
      Interruption interruption,
      TrainingMonitor monitor) {
    this.config = config;
    this.shape = shape;
    this.console = console;
    this.interruption = interruption;
    this.monitor = monitor;
    random = new Random(seed);
    Engine.getEngine("PyTorch").setRandomSeed((int) seed);
    rate = new LearningRate(config.learningRate(), config.plateau(), config.step());
    patience = new Patience(config.earlyStopping());
    model = Model.newInstance("pose", device, "PyTorch");
    model.setBlock(network);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optDevices(new Device[] {device})
                .optOptimizer(optimizer()));
    trainer.initialize(
        new Shape(config.batchSize(), shape.channels(), shape.height(), shape.width()));
  }

  private Optimizer optimizer() {
    return config.adamW()
        ? AdamW.builder().optLearningRateTracker(rate).build()
        : Adam.builder().optLearningRateTracker(rate).build();
  }

  /**
   * Goes on where another training stopped. The optimizer's moving averages, and the order and
   * changes of the frames, start anew.
   *
   * @param inPlace whether the best weights of that training are in this one's directory
   */
  void resume(Path file, boolean inPlace) throws UserError, IOException {
    Checkpoint checkpoint = Checkpoint.read(model.getBlock(), file);
    epochs = checkpoint.epochs();
    best = inPlace ? checkpoint.bestLoss() : Double.POSITIVE_INFINITY;
    rate.resume(checkpoint.rate());
    patience.resume(checkpoint.patience());
    if (epochs >= config.maxEpochs()) {
      throw UserError.usage(
          "The checkpoint '%s' has %d epochs already. Raise 'trainer_config.max_epochs', which is %d.",
          file, epochs, config.maxEpochs());
    }
    console.line("Going on after epoch %d", epochs);
  }

  /**
   * Trains to the end, or until it is interrupted; the best weights so far are on disk at any time.
   */
  void run(Batches training, Batches validation, ModelDirectory directory)
      throws UserError, IOException {
    try (TrainingLog log = new TrainingLog(directory.log(), epochs > 0)) {
      while (epochs < config.maxEpochs()) {
        long start = System.nanoTime();
        monitor.epochBegins(epochs);
        double loss = train(training);
        double validationLoss = isToEnd() ? 0 : validate(validation);
        if (isToEnd()) {
          interrupted(directory);
          return;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        log.line(epochs, loss, validationLoss, rate.rate(), seconds);
        monitor.epochEnded(epochs, loss, validationLoss);
        epochs++;
        console.line(
            "Epoch %d/%d: train_loss=%.6g val_loss=%.6g lr=%.3g (%.1f s)",
            epochs, config.maxEpochs(), loss, validationLoss, rate.rate(), seconds);
        if (Double.isNaN(loss) || Double.isNaN(validationLoss)) {
          throw UserError.usage(
              "The loss of epoch %d is not a number. Lower 'trainer_config.optimizer.lr'.", epochs);
        }
        rate.epochEnded(validationLoss);
        boolean exhausted = patience.exhausted(validationLoss);
        keep(validationLoss, directory);
        if (exhausted) {
          console.line("Stopped early: the validation loss stays where it is.");
          break;
        }
      }
    }
    console.line("Best val_loss=%.6g", best);
  }

  /** Whether a signal or a command asks for the end. */
  private boolean isToEnd() {
    return interruption.requested() || monitor.stopAsked();
  }

  private void keep(double validationLoss, ModelDirectory directory) throws IOException {
    boolean better = validationLoss < best;
    best = Math.min(best, validationLoss);
    if (config.saveWeights() && better) {
      checkpoint().write(model.getBlock(), directory.weights());
    }
    if (config.saveWeights() && config.saveLast()) {
      checkpoint().write(model.getBlock(), directory.lastWeights());
    }
  }

  private void interrupted(ModelDirectory directory) throws IOException {
    if (!config.saveWeights()) {
      console.line("Interrupted in epoch %d; nothing is kept", epochs + 1);
      return;
    }
    checkpoint().write(model.getBlock(), directory.lastWeights());
    if (!Files.exists(directory.weights())) {
      checkpoint().write(model.getBlock(), directory.weights());
    }
    console.line(
        "%s in epoch %d; the weights so far are in '%s'",
        monitor.stopAsked() ? "Stopped as asked" : "Interrupted",
        epochs + 1,
        directory.path().getFileName());
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(epochs, best, rate.state(), patience.state());
  }

  private double train(Batches batches) throws UserError, IOException {
    int whole = (batches.samples() + config.batchSize() - 1) / config.batchSize();
    int steps = config.stepsPerEpoch().orElse(Math.max(whole, config.minStepsPerEpoch()));
    int wanted = steps == whole ? batches.samples() : Math.multiplyExact(steps, config.batchSize());
    List<Integer> order = batches.order(wanted, config.shuffle(), random);
    double sum = 0;
    try (ReadAhead<List<Integer>, Batch> feed = feed(batches, order, config.batchSize())) {
      for (int batch = 0; feed.hasNext() && !isToEnd(); batch++) {
        double loss = step(feed.next());
        monitor.batchEnded(epochs, batch, loss);
        sum += loss;
      }
    }
    return sum / steps;
  }

  private double step(Batch batch) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        loss = loss(manager, batch, true);
        collector.backward(loss);
      }
      trainer.step();
      return loss.getFloat();
    }
  }

  private double validate(Batches batches) throws UserError, IOException {
    List<Integer> order = batches.order(batches.samples(), false, random);
    double sum = 0;
    try (ReadAhead<List<Integer>, Batch> feed =
        feed(batches, order, config.validationBatchSize())) {
      while (feed.hasNext() && !isToEnd()) {
        Batch batch = feed.next();
        try (NDManager manager = trainer.getManager().newSubManager()) {
          sum += batch.size() * loss(manager, batch, false).getFloat();
        }
      }
    }
    return sum / batches.samples();
  }

  private static ReadAhead<List<Integer>, Batch> feed(
      Batches batches, List<Integer> order, int size) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int from = 0; from < order.size(); from += size) {
      groups.add(order.subList(from, Math.min(order.size(), from + size)));
    }
    return new ReadAhead<>("pose-batches", groups, batches::batch);
  }

  private NDArray loss(NDManager manager, Batch batch, boolean training) {
    NDArray images =
        manager.create(
            batch.images(),
            new Shape(batch.size(), shape.channels(), shape.height(), shape.width()));
    NDList inputs = new NDList(images);
    NDArray answer =
        (training ? trainer.forward(inputs) : trainer.evaluate(inputs)).singletonOrThrow();
    NDArray wanted = manager.create(batch.maps(), answer.getShape());
    return answer.sub(wanted).square().mean();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
