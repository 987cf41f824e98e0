package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.job.api.JobContext;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * A training on labels and configurations that were sent or lie on this worker, with the parameters
 * of sleap-rtc's structured jobs. The trainer reads configurations of ours only: checked, with the
 * paths in them resolved, in the job's own directory.
 */
final class StructuredJob {

  private static final Pattern TIME_OF_ID = Pattern.compile("^(\\d{8})-(\\d{6})-.*");
  private static final String LABELS = ConfigRules.LABELS.get(0);
  private static final String VALIDATION = ConfigRules.LABELS.get(1);
  private static final String RESUME = ConfigRules.FILES.get(0);

  private final JobContext context;
  private final TrainParameters wanted;
  private final WorkerPaths paths;
  private final SentFiles sent;
  private final int configBytes;

  private StructuredJob(
      JobContext context, TrainParameters wanted, WorkerPaths paths, int configBytes)
      throws PackageException {
    this.context = context;
    this.wanted = wanted;
    this.paths = paths;
    this.configBytes = configBytes;
    this.sent = SentFiles.of(context.inputs());
  }

  /**
   * @param configBytes most bytes of a configuration
   */
  static TrainPackage open(JobContext context, WorkerPaths paths, int configBytes)
      throws IOException {
    TrainParameters wanted = TrainParameters.of(context.parameters());
    return new StructuredJob(context, wanted, paths, configBytes).open();
  }

  private TrainPackage open() throws IOException {
    Optional<String> labels = labels();
    Optional<String> validation =
        wanted.validation().isEmpty()
            ? Optional.empty()
            : Optional.of(slp("val_labels", wanted.validation().get()));
    Optional<String> resume = Optional.empty();
    if (wanted.resume().isPresent()) {
      resume = Optional.of(checkpoint(wanted.resume().get()));
    }
    List<String> configs = wanted.configs().isEmpty() ? sent.configs() : wanted.configs();
    List<ConfigFile> files = new ArrayList<>();
    for (String config : configs) {
      files.add(confined(config, labels, validation, resume));
    }
    if (configs.isEmpty()) {
      files.addAll(new SuitingConfigs(context).of(labels));
    }
    Path root = sent.place(context.workDirectory(), false).toRealPath();
    String modelsFolder = TrainPackage.modelsFolder(context.workDirectory(), root);
    StructuredPlanner planner =
        new StructuredPlanner(root, modelsFolder, wanted.settings(), labels, validation, resume);
    List<ModelPlan> models = new ArrayList<>();
    Set<String> stems = new HashSet<>(sent.names());
    Set<String> folders = new HashSet<>();
    for (ConfigFile config : files) {
      String stem = TrainPackage.free(TrainPackage.plain(TrainPackage.stem(config.name())), stems);
      String type = type(models.size(), config);
      String folder = TrainPackage.free(folder(models.size(), files.size(), stem, type), folders);
      models.add(planner.plan(config, stem, folder, type));
    }
    Optional<String> data = labels.or(() -> planner.onlyLabels(files));
    String name = TrainPackage.stem(data.map(StructuredJob::lastName).orElse("models.slp"));
    return new TrainPackage(
        TrainPackage.plain(name), root, modelsFolder, models, data, wanted.infer());
  }

  private Optional<String> labels() throws PackageException {
    if (wanted.labels().isPresent()) {
      return Optional.of(slp("labels", wanted.labels().get()));
    }
    return sent.labels().size() == 1 ? Optional.of(sent.labels().get(0)) : Optional.empty();
  }

  private String slp(String field, String text) throws PackageException {
    if (WorkerPaths.isOne(text)) {
      Path file = paths.file(field, text);
      if (!SentFiles.hasEnding(file.toString(), ".slp")) {
        throw new PackageException(
            "'%s' is no .slp file: %s.".formatted(field, Shown.quoted(text)));
      }
      return file.toString();
    }
    if (!sent.labels().contains(text)) {
      throw new PackageException(
          "'%s' is %s, which was not sent and is no path of this worker, which begins with '/'."
              .formatted(field, Shown.quoted(text)));
    }
    return text;
  }

  private String checkpoint(String text) throws PackageException {
    if (!WorkerPaths.isOne(text)) {
      throw new PackageException(
          "'resume_ckpt_path' is %s, but has to be a path of this worker, which begins with '/'."
              .formatted(Shown.quoted(text)));
    }
    return paths.existing("resume_ckpt_path", text).toString();
  }

  private ConfigFile confined(
      String name, Optional<String> labels, Optional<String> validation, Optional<String> resume)
      throws IOException {
    ConfigFile config;
    Optional<String> directory = Optional.empty();
    if (WorkerPaths.isOne(name)) {
      Path file = paths.file("configs", name);
      directory = Optional.of(file.getParent().toString());
      byte[] content = paths.read("configs", file.toString(), configBytes);
      config = ConfigFile.parse(file.getFileName().toString(), content);
    } else if (sent.configs().contains(name)) {
      Path file = context.inputs().get(name);
      ConfigFile.requireSize(file, configBytes);
      config = ConfigFile.parse(name, Files.readAllBytes(file));
    } else {
      throw new PackageException(
          "'configs' names %s, which was not sent and is no path of this worker, which begins with '/'."
              .formatted(Shown.quoted(name)));
    }
    Set<String> replaced = new HashSet<>();
    labels.ifPresent(given -> replaced.add(LABELS));
    validation.ifPresent(given -> replaced.add(VALIDATION));
    resume.ifPresent(given -> replaced.add(RESUME));
    return new ConfinedConfig(config, wanted.mappings(), paths, directory, sent.names(), replaced)
        .get();
  }

  /** As it was named, else by the only head that the configuration has; blank if neither says. */
  private String type(int index, ConfigFile config) {
    if (index < wanted.types().size()) {
      return wanted.types().get(index);
    }
    List<String> heads =
        config.section("model_config.head_configs").entrySet().stream()
            .filter(head -> head.getValue() != null)
            .map(head -> String.valueOf(head.getKey()))
            .filter(head -> head.matches("[a-z_]{1,40}"))
            .toList();
    return heads.size() == 1 ? heads.get(0) : "";
  }

  /** The name of the run, which is that of the model's folder. */
  private String folder(int index, int count, String stem, String type) {
    if (wanted.runName().isPresent()) {
      String run = wanted.runName().get();
      return count == 1 ? run : run + "_" + (type.isEmpty() ? stem : type);
    }
    Matcher time = TIME_OF_ID.matcher(context.jobId());
    String when = time.matches() ? time.group(1) + "_" + time.group(2) : context.jobId();
    return (type.isEmpty() ? "model_" + (index + 1) : type) + "_" + when;
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
