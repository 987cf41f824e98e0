package org.peerworks.pose.config;

import java.util.Optional;
import org.peerworks.pose.UserError;

/**
 * How long and how fast to train.
 *
 * @param minStepsPerEpoch an epoch goes over the frames again until it has as many steps
 * @param stepsPerEpoch instead of that, if given
 * @param seed of everything random; a fresh one if absent
 * @param saveWeights whether the model is kept
 * @param saveLast whether the weights of the last epoch are kept beside those of the best
 * @param resumeFrom weights to go on from: a file, or the directory of a model
 * @param runName of the model's directory below {@code checkpointDirectory}
 * @param monitor where to tell how the training goes, and to hear commands
 */
public record TrainerConfig(
    int batchSize,
    int validationBatchSize,
    boolean shuffle,
    int minStepsPerEpoch,
    Optional<Integer> stepsPerEpoch,
    int maxEpochs,
    Optional<Integer> seed,
    boolean saveWeights,
    boolean saveLast,
    Optional<String> resumeFrom,
    String checkpointDirectory,
    Optional<String> runName,
    Monitor monitor,
    Accelerator accelerator,
    boolean adamW,
    double learningRate,
    Optional<Plateau> plateau,
    Optional<Step> step,
    Optional<EarlyStopping> earlyStopping) {

  /**
   * Ports of the loopback address that somebody listens on by ZeroMQ.
   *
   * @param controller publishes commands
   * @param publish hears how the training goes
   */
  public record Monitor(Optional<Integer> controller, Optional<Integer> publish) {}

  /** Where to compute. */
  public enum Accelerator {
    AUTO("auto"),
    CPU("cpu"),
    GPU("cuda");

    private final String device;

    Accelerator(String device) {
      this.device = device;
    }

    /** Name of the device, as on the command line of {@code track}. */
    public String device() {
      return device;
    }
  }

  /** Lowers the learning rate when the validation loss stays where it is. */
  public record Plateau(
      double threshold,
      boolean relative,
      int cooldown,
      int patience,
      double factor,
      double leastRate) {}

  /** Lowers the learning rate every so many epochs. */
  public record Step(int size, double gamma) {}

  /** Ends the training when the validation loss stays where it is. */
  public record EarlyStopping(double minDelta, int patience) {}

  private static final int MANY = 1_000_000;

  static TrainerConfig of(Section section) throws UserError {
    ignoreLogging(section);
    section.without("trainer_device_indices");
    section.choice("trainer_strategy", "auto");
    section.choice("trainer_devices", "auto", "1");
    Section mining = section.section("online_hard_keypoint_mining");
    mining.without("online_mining");
    Section training = section.section("train_data_loader").ignore("num_workers");
    Section validation = section.section("val_data_loader").ignore("num_workers", "shuffle");
    Section optimizer = section.section("optimizer");
    optimizer.without("amsgrad");
    Section rates = section.section("lr_scheduler");
    rates.without("cosine_annealing_warmup", "linear_warmup_linear_decay");
    Section checkpoints = section.section("model_ckpt").ignore("save_top_k");
    String accelerator = section.choice("trainer_accelerator", "auto", "cpu", "gpu", "cuda");
    TrainerConfig config =
        new TrainerConfig(
            training.integer("batch_size", 4, 1, 4096),
            validation.integer("batch_size", 4, 1, 4096),
            training.truth("shuffle", true),
            section.integer("min_train_steps_per_epoch", 200, 1, MANY),
            section.optionalInteger("train_steps_per_epoch", 1, MANY),
            section.integer("max_epochs", 100, 1, MANY),
            section.optionalInteger("seed", 0, Integer.MAX_VALUE),
            section.truth("save_ckpt", false),
            checkpoints.truth("save_last", false),
            section.text("resume_ckpt_path").filter(path -> !path.isBlank()),
            section.text("ckpt_dir").orElse("."),
            section.text("run_name").filter(name -> !name.isBlank()),
            monitor(section.section("zmq")),
            switch (accelerator) {
              case "cpu" -> Accelerator.CPU;
              case "gpu", "cuda" -> Accelerator.GPU;
              default -> Accelerator.AUTO;
            },
            section.choice("optimizer_name", "Adam", "AdamW").equals("AdamW"),
            optimizer.real("lr", 1e-4, 1e-12, 10),
            plateau(rates),
            step(rates),
            earlyStopping(section.section("early_stopping")));
    checkpoints.end();
    training.end();
    validation.end();
    optimizer.end();
    rates.end();
    section.end();
    return config;
  }

  private static Monitor monitor(Section zmq) throws UserError {
    zmq.ignore("controller_address", "publish_address", "controller_polling_timeout");
    Monitor monitor =
        new Monitor(
            zmq.optionalInteger("controller_port", 1, 65535),
            zmq.optionalInteger("publish_port", 1, 65535));
    zmq.end();
    return monitor;
  }

  private static void ignoreLogging(Section section) {
    section.ignore(
        "enable_progress_bar",
        "visualize_preds_during_training",
        "keep_viz",
        "viz_img_format",
        "use_wandb",
        "wandb",
        "eval",
        "profiler");
  }

  private static Optional<Plateau> plateau(Section rates) throws UserError {
    if (!rates.has("reduce_lr_on_plateau")) {
      rates.ignore("reduce_lr_on_plateau");
      return Optional.empty();
    }
    Section section = rates.section("reduce_lr_on_plateau");
    Plateau plateau =
        new Plateau(
            section.real("threshold", 1e-6, 0, 1e6),
            section.choice("threshold_mode", "abs", "rel").equals("rel"),
            section.integer("cooldown", 3, 0, MANY),
            section.integer("patience", 5, 0, MANY),
            section.real("factor", 0.5, 0, 1),
            section.real("min_lr", 1e-8, 0, 10));
    section.end();
    return Optional.of(plateau);
  }

  private static Optional<Step> step(Section rates) throws UserError {
    if (!rates.has("step_lr")) {
      rates.ignore("step_lr");
      return Optional.empty();
    }
    Section section = rates.section("step_lr");
    Step step =
        new Step(section.integer("step_size", 10, 1, MANY), section.real("gamma", 0.1, 0, 1));
    section.end();
    return Optional.of(step);
  }

  private static Optional<EarlyStopping> earlyStopping(Section section) throws UserError {
    boolean on = section.truth("stop_training_on_plateau", true);
    EarlyStopping stopping =
        new EarlyStopping(
            section.real("min_delta", 1e-8, 0, 1e6), section.integer("patience", 10, 0, MANY));
    section.end();
    return on ? Optional.of(stopping) : Optional.empty();
  }
}
