package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.job.api.JobContext;
import org.peerworks.lib.sleap.DefaultConfigs;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;
import org.peerworks.lib.slp.SlpException;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpSummary;

/** Configurations of ours for labels of this worker that nobody gave any for. */
final class SuitingConfigs {

  private final JobContext context;

  SuitingConfigs(JobContext context) {
    this.context = context;
  }

  /**
   * Those that the labels decide for, as the job's log says.
   *
   * @param labels real path on this worker, in a mount
   */
  List<ConfigFile> of(Optional<String> labels) throws IOException {
    if (labels.filter(WorkerPaths::isOne).isEmpty()) {
      throw new PackageException(
          "The job has no configuration to train; send one, or name some of this worker in"
              + " 'configs'.");
    }
    SlpSummary summary = read(labels.get());
    if (summary.labeledFrames() == 0) {
      throw new PackageException(
          "%s has no labelled frames, so there is nothing to learn from."
              .formatted(Shown.quoted(labels.get())));
    }
    List<String> chosen = DefaultConfigs.suiting(summary.mostUserInstances());
    context.log(
        "At most %d animals in a frame: training %s with default configurations."
            .formatted(summary.mostUserInstances(), String.join(", then ", chosen)));
    List<ConfigFile> configs = new ArrayList<>();
    for (String config : chosen) {
      configs.add(ConfigFile.parse(config, DefaultConfigs.content(config, labels.get())));
    }
    return configs;
  }

  private static SlpSummary read(String labels) throws IOException {
    try (SlpFile file = SlpFile.open(Path.of(labels))) {
      return file.summary();
    } catch (SlpException e) {
      throw new PackageException(e.getMessage(), e);
    }
  }
}
