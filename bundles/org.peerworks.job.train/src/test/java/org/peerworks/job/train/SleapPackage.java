package org.peerworks.job.train;

import org.peerworks.job.testkit.ZipFile;

/** A training package as SLEAP exports it. */
final class SleapPackage {

  static final String CONFIG =
      """
      data_config:
        train_labels_path:
        - /home/me/labels.slp
        val_labels_path: null
      model_config:
        backbone_config: {unet: {filters: 32}}
      trainer_config:
        max_epochs: 2
        ckpt_dir: /home/me/models
        run_name: 251024.centroid.n=9
        zmq:
          controller_port: 9000
          publish_port: 9001
      """;

  static final String SCRIPT =
      "#!/bin/bash\n"
          + "sleap-nn train --config-name centroid.yaml --config-dir . trainer_config.ckpt_dir=models\n"
          + "sleap-nn train --config-name centered_instance.yaml --config-dir .\n";

  private SleapPackage() {}

  static ZipFile zip() {
    return new ZipFile()
        .with("train-script.sh", SCRIPT)
        .with("centroid.yaml", CONFIG)
        .with("centered_instance.yaml", CONFIG)
        .with("labels.v001.pkg.slp", "x")
        .with("jobs.yaml", "training: []");
  }
}
