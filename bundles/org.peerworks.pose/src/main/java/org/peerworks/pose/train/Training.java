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
import java.util.List;
import java.util.Random;
import org.peerworks.pose.Console;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.TrainerConfig;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.net.ConfidenceMaps;
import org.peerworks.pose.net.UNet;
import org.peerworks.pose.net.Weights;
import org.peerworks.pose.train.Batches.Batch;

/** Teaches a network, epoch by epoch, and keeps the weights of the best one. */
final class Training implements AutoCloseable {

  private final TrainerConfig config;
  private final InputShape shape;
  private final ConfidenceMaps maps;
  private final int parts;
  private final Console console;
  private final LearningRate rate;
  private final Random random;
  private final Model model;
  private final Trainer trainer;

  Training(
      TrainerConfig config,
      UNet network,
      InputShape shape,
      ConfidenceMaps maps,
      int parts,
      Device device,
      long seed,
      Console console) {
    this.config = config;
    this.shape = shape;
    this.maps = maps;
    this.parts = parts;
    this.console = console;
    random = new Random(seed);
    Engine.getEngine("PyTorch").setRandomSeed((int) seed);
    rate = new LearningRate(config.learningRate(), config.plateau(), config.step());
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

  /** Trains to the end; the best weights so far are on disk at any time. */
  void run(Batches training, Batches validation, ModelDirectory directory)
      throws UserError, IOException {
    Patience patience = new Patience(config.earlyStopping());
    double best = Double.POSITIVE_INFINITY;
    try (TrainingLog log = new TrainingLog(directory.log())) {
      for (int epoch = 1; epoch <= config.maxEpochs(); epoch++) {
        long start = System.nanoTime();
        double loss = train(training);
        double validationLoss = validate(validation);
        double seconds = (System.nanoTime() - start) / 1e9;
        log.line(epoch - 1, loss, validationLoss, rate.rate(), seconds);
        console.line(
            "Epoch %d/%d: train_loss=%.6g val_loss=%.6g lr=%.3g (%.1f s)",
            epoch, config.maxEpochs(), loss, validationLoss, rate.rate(), seconds);
        if (Double.isNaN(loss) || Double.isNaN(validationLoss)) {
          throw UserError.usage(
              "The loss of epoch %d is not a number. Lower 'trainer_config.optimizer.lr'.", epoch);
        }
        if (validationLoss < best) {
          best = validationLoss;
          if (config.saveWeights()) {
            Weights.save(model.getBlock(), directory.weights());
          }
        }
        rate.epochEnded(validationLoss);
        if (patience.exhausted(validationLoss)) {
          console.line("Stopped early: the validation loss stays where it is.");
          break;
        }
      }
    }
    console.line("Best val_loss=%.6g", best);
  }

  private double train(Batches batches) throws UserError, IOException {
    int whole = (batches.samples() + config.batchSize() - 1) / config.batchSize();
    int steps = config.stepsPerEpoch().orElse(Math.max(whole, config.minStepsPerEpoch()));
    int wanted = steps == whole ? batches.samples() : Math.multiplyExact(steps, config.batchSize());
    List<Integer> order = batches.order(wanted, config.shuffle(), random);
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      int from = step * config.batchSize();
      Batch batch = batches.batch(order.subList(from, Math.min(wanted, from + config.batchSize())));
      sum += step(batch);
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
    for (int from = 0; from < order.size(); from += config.validationBatchSize()) {
      int to = Math.min(order.size(), from + config.validationBatchSize());
      try (NDManager manager = trainer.getManager().newSubManager()) {
        sum +=
            (to - from) * loss(manager, batches.batch(order.subList(from, to)), false).getFloat();
      }
    }
    return sum / order.size();
  }

  private NDArray loss(NDManager manager, Batch batch, boolean training) {
    NDArray images =
        manager.create(
            batch.images(),
            new Shape(batch.size(), shape.channels(), shape.height(), shape.width()));
    NDArray wanted =
        manager.create(batch.maps(), new Shape(batch.size(), parts, maps.height(), maps.width()));
    NDList answer =
        training ? trainer.forward(new NDList(images)) : trainer.evaluate(new NDList(images));
    return answer.singletonOrThrow().sub(wanted).square().mean();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
