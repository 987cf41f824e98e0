package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.sleap.Option.Kind;
import org.peerworks.lib.sleap.OptionTable;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.protocol.sleap.internal.wire.Json;

/**
 * A tracking package whose models lie at the worker, as a structured job (sleap-rtc wire format
 * §2.6): workers of the third generation send predictions of such a job only, and nothing but the
 * labels has to be sent.
 */
final class PathTracking {

  private static final String DATA = "--data_path";
  private static final String MODELS = "--model_paths";
  private static final OptionTable OPTIONS =
      new OptionTable("sleap-nn track")
          .with(Kind.TEXT, DATA, "-i")
          .withSeveral(Kind.TEXT, 1, MODELS, "-m")
          .with(Kind.TEXT, "-o", "--output_path", "--output")
          .with(Kind.INTEGER, "--batch_size", "-b")
          .with(Kind.INTEGER, "--video_index")
          .with(Kind.DECIMAL, "--peak_threshold")
          .with(Kind.WORD, "--frames")
          .with(Kind.FLAG, "--only_suggested_frames")
          .with(Kind.FLAG, "--only_labeled_frames")
          .with(Kind.FLAG, "--only_predicted_frames")
          .with(Kind.FLAG, "--exclude_user_labeled");

  private PathTracking() {}

  /**
   * @param name of the package
   * @param directory where labels of the package go
   * @return empty if the package has its models inside
   */
  static Optional<JobRequest> of(JobRequest request, String name, Path directory)
      throws IOException {
    Path zip = request.inputs().get(name);
    List<ScriptCommand> commands = LegacyPackage.commands(zip, name, LegacyPackage.TRACK_SCRIPT);
    boolean there = commands.stream().anyMatch(PathTracking::hasModelsThere);
    if (!there) {
      return Optional.empty();
    }
    if (commands.size() > 1) {
      throw Refusals.invalid("A sleap-rtc worker runs one 'sleap-nn track' of a package.");
    }
    OptionTable.Parsed options = parsed(commands.get(0));
    List<String> models = options.values(MODELS);
    if (!models.stream().allMatch(PathTracking::isAbsolute)) {
      throw Refusals.invalid(
          "Some models are here and others at the worker. A sleap-rtc worker of generation g3 takes models of its own only.");
    }
    ObjectNode parameters = parameters(options);
    models.forEach(parameters.putArray("model_paths")::add);
    String data = options.values(DATA).stream().findFirst().orElse("");
    Map<String, Path> inputs = Map.of();
    if (!data.isEmpty() && !isAbsolute(data)) {
      String plain = data.substring(data.lastIndexOf('/') + 1);
      inputs = Map.of(plain, LegacyPackage.extract(zip, name, data, directory.resolve(plain)));
      data = plain;
    }
    parameters.put("data_path", data);
    return Optional.of(
        new JobRequest(
            request.type(),
            Json.write(parameters),
            inputs,
            request.priority(),
            request.idempotencyKey(),
            request.timeout()));
  }

  private static boolean hasModelsThere(ScriptCommand command) {
    List<String> words = new ArrayList<>();
    for (String word : command.arguments()) {
      boolean joined = word.startsWith(MODELS + "=");
      words.add(joined ? MODELS : word);
      if (joined) {
        words.add(word.substring(MODELS.length() + 1));
      }
    }
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).matches(MODELS + "|-m") && isAbsolute(words.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static OptionTable.Parsed parsed(ScriptCommand command) {
    try {
      return OPTIONS.parse(command);
    } catch (PackageException e) {
      throw Refusals.invalid(e.getMessage(), e);
    }
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/");
  }

  private static ObjectNode parameters(OptionTable.Parsed options) {
    ObjectNode parameters = Json.object();
    for (OptionTable.Use use : options.uses()) {
      String name = use.option().name().replaceFirst("^-+", "");
      switch (name) {
        case "only_suggested_frames", "exclude_user_labeled" -> parameters.put(name, true);
        case "only_labeled_frames" -> parameters.put("frame_filter", "user");
        case "only_predicted_frames" -> parameters.put("frame_filter", "predicted");
        case "batch_size", "video_index" -> parameters.put(name, Long.parseLong(use.value()));
        case "peak_threshold" -> parameters.put(name, Double.parseDouble(use.value()));
        case "frames" -> parameters.put(name, use.value());
        default -> {
          // Where predictions go is decided here, once they have come.
        }
      }
    }
    return parameters;
  }
}
