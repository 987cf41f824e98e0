package org.peerworks.job.track;

import java.util.List;
import java.util.Set;
import org.peerworks.lib.sleap.Option.Kind;
import org.peerworks.lib.sleap.OptionTable;

/** The options of {@code sleap-nn track}, as sleap-nn 0.1 has them. */
final class TrackOptions {

  static final String DATA = "--data_path";
  static final String MODELS = "--model_paths";
  static final String OUTPUT = "-o";

  /** Files that must be in the package. */
  static final Set<String> FILES = Set.of(DATA, "--backbone_ckpt_path", "--head_ckpt_path");

  private static final List<String> FLAGS =
      List.of(
          "--ensure_rgb",
          "--no-ensure_rgb",
          "--ensure_grayscale",
          "--no-ensure_grayscale",
          "--only_labeled_frames",
          "--only_suggested_frames",
          "--exclude_user_labeled",
          "--only_predicted_frames",
          "--no_empty_frames",
          "--filter_overlapping",
          "--use_flow",
          "--use_kalman",
          "--post_connect_single_breaks",
          "--gui");

  private static final List<String> INTEGERS =
      List.of(
          "--max_height",
          "--max_width",
          "--video_index",
          "--integral_patch_size",
          "--n_points",
          "--queue_maxsize",
          "--crop_size",
          "--filter_min_visible_nodes",
          "--tracking_window_size",
          "--min_new_track_points",
          "--min_match_points",
          "--max_tracks",
          "--of_window_size",
          "--of_max_levels",
          "--kf_init_frame_count",
          "--kf_reset_gap_size",
          "--tracking_target_instance_count",
          "--tracking_pre_cull_to_target",
          "--tracking_clean_instance_count");

  private static final List<String> DECIMALS =
      List.of(
          "--input_scale",
          "--max_edge_length_ratio",
          "--dist_penalty_weight",
          "--min_instance_peaks",
          "--min_line_scores",
          "--peak_threshold",
          "--filter_overlapping_threshold",
          "--filter_min_visible_node_fraction",
          "--filter_min_mean_node_score",
          "--filter_min_instance_score",
          "--robust_best_instance",
          "--of_img_scale",
          "--oks_stddev",
          "--tracking_pre_cull_iou_threshold",
          "--tracking_clean_iou_threshold");

  private static final List<String> WORDS =
      List.of(
          "--anchor_part",
          "--video_input_format",
          "--frames",
          "--filter_overlapping_method",
          "--integral_refinement",
          "--candidates_method",
          "--features",
          "--scoring_method",
          "--scoring_reduction",
          "--track_matching_method",
          "--kf_track_features",
          "--kf_node_indices");

  private TrackOptions() {}

  static OptionTable table() {
    OptionTable table =
        new OptionTable("sleap-nn track")
            .with(Kind.TEXT, DATA, "-i")
            .withSeveral(Kind.TEXT, 1, MODELS, "-m")
            .with(Kind.TEXT, OUTPUT, "--output_path")
            .with(Kind.TEXT, "--backbone_ckpt_path")
            .with(Kind.TEXT, "--head_ckpt_path")
            .with(Kind.TEXT, "--video_dataset")
            .with(Kind.WORD, "--device", "-d")
            .with(Kind.INTEGER, "--batch_size", "-b")
            .with(Kind.INTEGER, "--max_instances", "-n")
            .with(Kind.FLAG, "--tracking", "-t");
    FLAGS.forEach(name -> table.with(Kind.FLAG, name));
    INTEGERS.forEach(name -> table.with(Kind.INTEGER, name));
    DECIMALS.forEach(name -> table.with(Kind.DECIMAL, name));
    WORDS.forEach(name -> table.with(Kind.WORD, name));
    return table;
  }
}
