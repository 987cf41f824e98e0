package org.peerworks.pose.track;

import org.peerworks.pose.options.OptionParser;

/** What sleap-nn's {@code track} knows beside, each with the reason why it is not served here. */
final class RefusedOptions {

  private RefusedOptions() {}

  static OptionParser declare(OptionParser parser) {
    return parser
        .refuse(
            "it prepares images as the model's configuration says",
            "--ensure_rgb",
            "--no_ensure_rgb",
            "--ensure_grayscale",
            "--no_ensure_grayscale",
            "--max_height",
            "--max_width",
            "--input_scale",
            "--crop_size",
            "--anchor_part")
        .refuse(
            "it reads the videos of labels, as these describe them",
            "--video_dataset",
            "--video_input_format")
        .refuse(
            "it takes the weights in the model's directory",
            "--backbone_ckpt_path",
            "--head_ckpt_path")
        .refuse(
            "it has no bottom-up models",
            "--max_edge_length_ratio",
            "--dist_penalty_weight",
            "--n_points",
            "--min_instance_peaks",
            "--min_line_scores")
        .refuse(
            "it refines every peak in the same way",
            "--integral_refinement",
            "--integral_patch_size")
        .refuse(
            "it leaves out no animal that it has found; raise '--peak_threshold', or lower '--max_instances'",
            "--filter_overlapping",
            "--filter_overlapping_method",
            "--filter_overlapping_threshold",
            "--filter_min_visible_nodes",
            "--filter_min_visible_node_fraction",
            "--filter_min_mean_node_score",
            "--filter_min_instance_score")
        .refuse(
            "it follows animals without optical flow and Kalman filter",
            "--use_flow",
            "--of_img_scale",
            "--of_window_size",
            "--of_max_levels",
            "--use_kalman",
            "--kf_track_features",
            "--kf_node_indices",
            "--kf_init_frame_count",
            "--kf_reset_gap_size")
        .refuse("it compares animals in a way of its own", "--robust_best_instance", "--oks_stddev")
        .refuse(
            "it does not change tracks afterwards; '--max_tracks' limits their number",
            "--post_connect_single_breaks",
            "--tracking_target_instance_count",
            "--tracking_pre_cull_to_target",
            "--tracking_pre_cull_iou_threshold",
            "--tracking_clean_instance_count",
            "--tracking_clean_iou_threshold");
  }
}
