package org.peerworks.job.train;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Shown;

/**
 * Refuses a configuration that names something outside of its package, or that asks Hydra or
 * OmegaConf for more than settings.
 */
final class ConfigRules {

  /** Where models go; this worker decides it. */
  static final Set<String> REPLACED =
      Set.of(
          "trainer_config.ckpt_dir",
          "trainer_config.run_name",
          "trainer_config.save_ckpt_path",
          "trainer_config.use_wandb");

  /** Labels, found again by their names in the package. */
  static final List<String> LABELS =
      List.of(
          "data_config.train_labels_path",
          "data_config.val_labels_path",
          "data_config.test_file_path");

  /** Files that must be in the package. */
  static final List<String> FILES =
      List.of(
          "trainer_config.resume_ckpt_path",
          "model_config.pretrained_backbone_weights",
          "model_config.pretrained_head_weights");

  static final String CACHE = "data_config.cache_img_path";

  /** Talk with a program beside the trainer. */
  static final String ZMQ = "trainer_config.zmq.";

  /** What no trainer takes for a path, or what is switched off. */
  private static final Set<String> UNUSED =
      Set.of("name", "description", "sleap_nn_version", "filename");

  private static final List<String> UNUSED_BELOW =
      List.of("data_config.skeletons", "trainer_config.wandb");

  static final int DEEPEST = 50;
  private static final int MOST_VALUES = 100_000;

  private final String name;
  private final Predicate<String> confined;
  private int values;

  /**
   * @param confined whether a path is known to be one that the training may use
   */
  ConfigRules(String name, Predicate<String> confined) {
    this.name = name;
    this.confined = confined;
  }

  void check(Map<?, ?> settings) throws PackageException {
    for (String key : List.of("defaults", "hydra")) {
      if (settings.containsKey(key)) {
        throw refused(key, "brings in other configurations; remove it");
      }
    }
    check("", settings, 0);
  }

  private void check(String key, Object value, int depth) throws PackageException {
    if (depth > DEEPEST || ++values > MOST_VALUES) {
      throw new PackageException(
          "The configuration " + Shown.quoted(name) + " is nested too deeply or too large.");
    }
    if (value instanceof Map<?, ?> section) {
      for (Map.Entry<?, ?> entry : section.entrySet()) {
        String part = String.valueOf(entry.getKey());
        String inner = key.isEmpty() ? part : key + "." + part;
        if (part.equals("<<") || part.equals("_target_") || part.contains("${")) {
          throw refused(inner, "is no setting of a training; remove it");
        }
        check(inner, entry.getValue(), depth + 1);
      }
    } else if (value instanceof Iterable<?> items) {
      for (Object item : items) {
        check(key, item, depth + 1);
      }
    } else if (value instanceof String text) {
      checkText(key, text);
    }
  }

  private void checkText(String key, String text) throws PackageException {
    if (text.contains("${")) {
      throw refused(key, "refers to something else: " + Shown.quoted(text));
    }
    if (PackagePaths.leaves(text) && !isHandled(key) && !confined.test(text)) {
      throw refused(key, "names something outside of the package: " + Shown.quoted(text));
    }
  }

  private static boolean isHandled(String key) {
    return LABELS.contains(key) || FILES.contains(key) || isUnread(key);
  }

  /** Whether what a setting says is replaced, or no trainer takes it for a path. */
  static boolean isUnread(String key) {
    return REPLACED.contains(key)
        || key.equals(CACHE)
        || key.startsWith(ZMQ)
        || UNUSED.contains(key)
        || UNUSED_BELOW.stream()
            .anyMatch(section -> key.equals(section) || key.startsWith(section + "."));
  }

  private PackageException refused(String key, String why) {
    return new PackageException(
        "The configuration %s is refused: %s %s."
            .formatted(Shown.quoted(name), Shown.quoted(key), why));
  }
}
