package org.peerworks.job.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.Parameters;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PathMappings;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * A tracking of data with models that all lie on this worker, with the parameters of sleap-rtc's
 * structured jobs. The tracker writes into the job's own directory; the predictions are put where
 * they were wanted afterwards.
 */
final class StructuredTrack {

  private static final String ENDING = ".predictions.slp";

  private final JobContext context;
  private final Parameters wanted;
  private final WorkerPaths paths;
  private final PathMappings mappings;

  private StructuredTrack(JobContext context, WorkerPaths paths) throws PackageException {
    this.context = context;
    this.wanted = context.parameters();
    this.paths = paths;
    this.mappings = mappings(wanted);
  }

  /** Whether a job wants files of this worker. */
  static boolean isOne(Parameters parameters) {
    return !parameters.json().replaceAll("\\s", "").equals("{}");
  }

  static TrackPackage open(JobContext context, WorkerPaths paths) throws IOException {
    if (!context.inputs().isEmpty()) {
      throw new PackageException(
          "A tracking job takes either a .zip package with '%s', or parameters that name files of"
                  .formatted(TrackPackage.SCRIPT)
              + " this worker; found both.");
    }
    return new StructuredTrack(context, paths).open();
  }

  private TrackPackage open() throws IOException {
    Path data =
        paths.file(
            "data_path",
            path(
                "data_path",
                wanted
                    .string("data_path")
                    .orElseThrow(
                        () -> new PackageException("'data_path' is missing; name the data."))));
    List<Path> models = new ArrayList<>();
    for (String text : wanted.strings("model_paths")) {
      Path model = paths.existing("model_paths", path("model_paths", text));
      models.add(Files.isDirectory(model) ? model : model.getParent());
    }
    if (models.isEmpty()) {
      throw new PackageException("'model_paths' is empty; name the folder of each model.");
    }
    Target target = target(data);
    String predictions = target.stem() + target.ending();
    Path output = context.outputDirectory().toAbsolutePath().resolve(plain(predictions));
    List<String> arguments = new ArrayList<>(List.of("track", "--data_path", data.toString()));
    models.forEach(model -> arguments.addAll(List.of("--model_paths", model.toString())));
    arguments.addAll(List.of("-o", output.toString()));
    addOptions(arguments);
    TrackPlan plan =
        new TrackPlan(output.getFileName().toString(), output, arguments, Optional.of(target));
    return new TrackPackage(context.workDirectory(), List.of(plan));
  }

  /** In sleap-rtc's order. */
  private void addOptions(List<String> arguments) throws PackageException {
    wanted
        .number("batch_size")
        .ifPresent(size -> arguments.addAll(List.of("--batch_size", Long.toString(size))));
    wanted
        .decimal("peak_threshold")
        .ifPresent(value -> arguments.addAll(List.of("--peak_threshold", Double.toString(value))));
    Optional<String> filter = filter();
    filter.ifPresent(arguments::add);
    if (wanted.flag("exclude_user_labeled").orElse(false)) {
      arguments.add("--exclude_user_labeled");
    }
    wanted
        .number("video_index")
        .ifPresent(index -> arguments.addAll(List.of("--video_index", Long.toString(index))));
    wanted.string("frames").ifPresent(frames -> arguments.addAll(List.of("--frames", frames)));
  }

  private Optional<String> filter() throws PackageException {
    boolean suggested = wanted.flag("only_suggested_frames").orElse(false);
    String filter = wanted.string("frame_filter").orElse(suggested ? "suggested" : "");
    if (suggested && !filter.equals("suggested")) {
      throw new PackageException(
          "'only_suggested_frames' and the 'frame_filter' %s contradict each other; give one."
              .formatted(Shown.quoted(filter)));
    }
    return switch (filter) {
      case "" -> Optional.empty();
      case "suggested" -> Optional.of("--only_suggested_frames");
      case "user" -> Optional.of("--only_labeled_frames");
      case "predicted" -> Optional.of("--only_predicted_frames");
      default ->
          throw new PackageException(
              "The 'frame_filter' %s is not known here; it may be suggested, user or predicted."
                  .formatted(Shown.quoted(filter)));
    };
  }

  /** Beside the data, unless another place was named. */
  private Target target(Path data) throws PackageException {
    Optional<String> named = wanted.string("output_path");
    if (named.isEmpty()) {
      return new Target(data.getParent().toString(), stem(data), ENDING, false);
    }
    Path output = paths.writable("output_path", path("output_path", named.get()));
    if (Files.isDirectory(output)) {
      return new Target(output.toString(), stem(data), ENDING, true);
    }
    String name = output.getFileName().toString();
    if (!name.endsWith(".slp") || name.length() == ".slp".length()) {
      throw new PackageException(
          "'output_path' is %s, but predictions go to a .slp file.".formatted(Shown.quoted(name)));
    }
    String ending = name.endsWith(ENDING) && name.length() > ENDING.length() ? ENDING : ".slp";
    String stem = name.substring(0, name.length() - ending.length());
    return new Target(output.getParent().toString(), stem, ending, true);
  }

  private String path(String field, String text) throws PackageException {
    String path = mappings.apply(text);
    if (!WorkerPaths.isOne(path)) {
      throw new PackageException(
          "'%s' is %s, but has to be a path of this worker, which begins with '/'."
              .formatted(field, Shown.quoted(path)));
    }
    return path;
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return plain(dot > 0 ? name.substring(0, dot) : name);
  }

  /** A name of somebody else's file, such that ours may be named after it. */
  private static String plain(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}._ -]", "-").replaceAll("^[-. ]+|[. ]+$", "");
    return plain.isEmpty() ? "unnamed" : plain;
  }

  private static PathMappings mappings(Parameters parameters) throws PackageException {
    try {
      JsonNode all = new ObjectMapper().readTree(parameters.json()).path("path_mappings");
      Map<String, String> texts = new LinkedHashMap<>();
      all.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
      return new PathMappings(texts);
    } catch (JsonProcessingException e) {
      throw new PackageException("The parameters are not JSON.", e);
    }
  }
}
