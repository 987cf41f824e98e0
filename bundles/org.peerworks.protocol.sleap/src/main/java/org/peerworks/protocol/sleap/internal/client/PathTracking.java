package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.sleap.Option.Kind;
import org.peerworks.lib.sleap.OptionTable;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tracking package as a structured job (sleap-rtc wire format §2.6): workers of the third
 * generation send the predictions of such a job only, never those of a package (pain 5). What lies
 * in the package is sent to their mounts first; what lies there already is not.
 *
 * @param models directories here with the files of models that are in the package, by the path that
 *     stands for each in the request
 */
record PathTracking(JobRequest request, Map<String, Path> models) {

  private static final Logger LOG = LoggerFactory.getLogger(PathTracking.class);
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

  /**
   * @param name of the package
   * @param directory where the contents of the package go
   * @param takesFiles whether the worker has a mount for the models of the package
   * @return empty if it can only be sent as the package that it is
   */
  static Optional<PathTracking> of(
      JobRequest request, String name, Path directory, boolean takesFiles) throws IOException {
    Path zip = request.inputs().get(name);
    List<ScriptCommand> commands = LegacyPackage.commands(zip, name, LegacyPackage.TRACK_SCRIPT);
    if (commands.stream().anyMatch(PathTracking::hasModelsThere)) {
      if (commands.size() > 1) {
        throw Refusals.invalid("A sleap-rtc worker runs one 'sleap-nn track' of a package.");
      }
      return Optional.of(of(request, name, directory, takesFiles, parsed(commands.get(0))));
    }
    if (!takesFiles || commands.size() != 1 || !canSay(commands.get(0))) {
      return Optional.empty();
    }
    OptionTable.Parsed options = parsed(commands.get(0));
    return options.values(MODELS).isEmpty()
        ? Optional.empty()
        : Optional.of(of(request, name, directory, true, options));
  }

  private static PathTracking of(
      JobRequest request,
      String name,
      Path directory,
      boolean takesFiles,
      OptionTable.Parsed options)
      throws IOException {
    Path zip = request.inputs().get(name);
    List<String> models = options.values(MODELS);
    List<String> here = models.stream().filter(model -> !isAbsolute(model)).toList();
    if (!here.isEmpty() && !takesFiles) {
      throw Refusals.invalid(
          "Some models are here and others at the worker, which shares no folder that files could be sent to.");
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
    Map<String, Path> extracted = new LinkedHashMap<>();
    for (String model : here) {
      Path target = Files.createDirectory(directory.resolve("model-" + extracted.size()));
      LegacyPackage.extractFolder(zip, name, model, target);
      extracted.put(model, target);
    }
    parameters.put("data_path", data);
    return new PathTracking(
        new JobRequest(
            request.type(),
            Json.write(parameters),
            inputs,
            request.priority(),
            request.idempotencyKey(),
            request.timeout()),
        extracted);
  }

  private static boolean canSay(ScriptCommand command) {
    try {
      OPTIONS.parse(command);
      return true;
    } catch (PackageException e) {
      LOG.debug("This tracking is no structured job", e);
      return false;
    }
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
