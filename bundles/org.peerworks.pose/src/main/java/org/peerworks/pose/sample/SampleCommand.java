package org.peerworks.pose.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.pose.Command;
import org.peerworks.pose.Console;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.UserError;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;

/** {@code sample}: makes a training package of moving animals, and frames held out from it. */
public final class SampleCommand implements Command {

  @Override
  public void run(List<String> arguments, Console console, Interruption interruption)
      throws UserError, IOException {
    Options options =
        new OptionParser("sample")
            .value("--out")
            .value("--frames")
            .value("--heldout")
            .value("--animals")
            .value("--seed")
            .value("--size")
            .parse(arguments)
            .withoutRest();
    SampleFiles files =
        new SampleFiles(
            Path.of(options.required("--out")),
            options.integer("--frames", 60, 2, 10_000),
            options.integer("--heldout", 20, 1, 10_000),
            options.integer("--animals", 1, 1, 20),
            options.integer("--seed", 1, 0, Integer.MAX_VALUE),
            options.integer("--size", 128, 64, 1024));
    files.write();
    console.line("Training package: %s", files.packageZip());
    console.line("Data to track: %s", files.data());
    console.line("Truth of the held-out frames: %s", files.truth());
  }
}
