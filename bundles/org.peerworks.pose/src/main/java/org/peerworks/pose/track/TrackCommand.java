package org.peerworks.pose.track;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.pose.Command;
import org.peerworks.pose.Console;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.PartOrder;
import org.peerworks.pose.UserError;
import org.peerworks.pose.identity.Identities;
import org.peerworks.pose.identity.IdentityOptions;
import org.peerworks.pose.net.Devices;
import org.peerworks.pose.net.Torch;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;
import org.peerworks.pose.track.FrameSelection.Frame;
import org.peerworks.pose.track.FrameSelection.Kind;

/** {@code track}: finds animals in the frames of a .slp file. */
public final class TrackCommand implements Command {

  @Override
  public void run(List<String> arguments, Console console, Interruption interruption)
      throws UserError, IOException {
    Options options = parser().parse(arguments).withoutRest();
    interruption.defer(() -> track(options, console, interruption));
  }

  private static void track(Options options, Console console, Interruption interruption)
      throws UserError, IOException {
    Path input = Path.of(options.required("--data_path"));
    Path output = output(options, input);
    FrameSelection selection = selection(options);
    double threshold = options.real("--peak_threshold", 0.2, 0, 1);
    int batch = options.integer("--batch_size", 4, 1, 4096);
    int mostAnimals =
        Math.min(
            Models.MOST_ANIMALS,
            options.integer("--max_instances", Models.MOST_ANIMALS, 1, Integer.MAX_VALUE));
    Optional<IdentityOptions> identities =
        options.has("--tracking") ? Optional.of(IdentityOptions.of(options)) : Optional.empty();
    Models models = Models.of(options.all("--model_paths"));
    try (SlpFile file = SlpFile.open(input);
        FrameImages images = new FrameImages()) {
      Labels labels = file.labels();
      List<Frame> frames = selection.select(labels, video -> images.frames(file, video));
      Torch.prepare();
      Device device = Devices.named(options.one("--device").orElse("auto"));
      try (AnimalFinder finder = models.finder(device, threshold, mostAnimals, batch)) {
        int skeleton = skeleton(labels, finder.parts(), input);
        PartOrder order =
            PartOrder.of(finder.parts(), labels.skeletons().get(skeleton), input.toString());
        FrameTracker tracker =
            new FrameTracker(
                file, labels, images, finder, skeleton, order, batch, console, interruption);
        List<LabeledFrame> tracked = tracker.track(frames);
        if (interruption.requested()) {
          console.line("Interrupted after %d frames; nothing is written", tracked.size());
          return;
        }
        List<LabeledFrame> kept =
            options.has("--no_empty_frames")
                ? tracked.stream().filter(frame -> !frame.predicted().isEmpty()).toList()
                : tracked;
        write(input, output, labels, kept, identities);
      }
    }
    // The log of a job goes to its client, whom the worker's folders do not concern.
    console.line(
        "Predictions output path: %s", output.isAbsolute() ? output.getFileName() : output);
  }

  private static void write(
      Path input,
      Path output,
      Labels labels,
      List<LabeledFrame> tracked,
      Optional<IdentityOptions> identities)
      throws IOException {
    if (identities.isEmpty()) {
      SlpWriter.writePredictions(input, output, tracked);
      return;
    }
    Identities found = Identities.of(labels.tracks(), tracked, identities.get());
    SlpWriter.writePredictions(input, output, found.tracks(), found.frames());
  }

  static OptionParser parser() {
    OptionParser parser =
        new OptionParser("track")
            .value("--data_path", "-i")
            .value("--model_paths", "-m")
            .value("--output_path", "-o")
            .value("--device", "-d")
            .value("--batch_size", "-b")
            .value("--max_instances", "-n")
            .value("--peak_threshold")
            .value("--frames")
            .value("--video_index")
            .flag("--only_suggested_frames")
            .flag("--only_labeled_frames")
            .flag("--only_predicted_frames")
            .flag("--exclude_user_labeled")
            .flag("--no_empty_frames")
            // How sleap-nn prints, and how many images it reads ahead: what is found is the same.
            .flag("--gui")
            .value("--queue_maxsize");
    return RefusedOptions.declare(IdentityOptions.declare(parser));
  }

  private static Path output(Options options, Path input) {
    Optional<String> given = options.one("--output_path");
    if (given.isPresent()) {
      return Path.of(given.get());
    }
    String name = input.getFileName().toString();
    String stem = name.endsWith(".slp") ? name.substring(0, name.length() - ".slp".length()) : name;
    return input.resolveSibling(stem + ".predictions.slp");
  }

  private static FrameSelection selection(Options options) throws UserError {
    Kind kind = Kind.ALL;
    int chosen = 0;
    for (Kind each : List.of(Kind.SUGGESTED, Kind.LABELED, Kind.PREDICTED)) {
      if (options.has("--only_" + each.name().toLowerCase(Locale.ROOT) + "_frames")) {
        kind = each;
        chosen++;
      }
    }
    if (chosen > 1) {
      throw UserError.usage("'track' takes only one of the '--only_…_frames' options.");
    }
    Optional<FrameRange> frames =
        options.has("--frames")
            ? Optional.of(FrameRange.of(options.required("--frames")))
            : Optional.empty();
    OptionalInt video =
        options.has("--video_index")
            ? OptionalInt.of(options.integer("--video_index", 0, 0, Integer.MAX_VALUE))
            : OptionalInt.empty();
    return new FrameSelection(kind, options.has("--exclude_user_labeled"), frames, video);
  }

  private static int skeleton(Labels labels, List<String> parts, Path input) throws UserError {
    for (int i = 0; i < labels.skeletons().size(); i++) {
      Skeleton skeleton = labels.skeletons().get(i);
      if (skeleton.nodeNames().containsAll(parts)) {
        return i;
      }
    }
    throw UserError.data(
        "No skeleton in '%s' has all parts of the model: %s.", input, String.join(", ", parts));
  }
}
