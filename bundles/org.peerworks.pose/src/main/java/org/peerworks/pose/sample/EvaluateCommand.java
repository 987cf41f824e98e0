package org.peerworks.pose.sample;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.Command;
import org.peerworks.pose.Console;
import org.peerworks.pose.UserError;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;

/** {@code evaluate}: compares predictions with the truth, and draws them. */
public final class EvaluateCommand implements Command {

  @Override
  public void run(List<String> arguments, Console console) throws UserError, IOException {
    Options options =
        new OptionParser("evaluate")
            .value("--predictions")
            .value("--truth")
            .value("--preview")
            .value("--json")
            .parse(arguments)
            .withoutRest();
    Truth truth = Truth.read(Path.of(options.required("--truth")));
    Evaluation evaluation;
    try (SlpFile file = SlpFile.open(Path.of(options.required("--predictions")))) {
      evaluation = Evaluation.of(file.labels(), truth);
      if (options.has("--preview")) {
        new Preview(file, evaluation).write(Path.of(options.required("--preview")));
      }
    }
    console.line("mean_error_px=%.3f", evaluation.meanErrorPx());
    console.line("found_fraction=%.4f", evaluation.foundFraction());
    if (options.has("--json")) {
      JsonMapper mapper = new JsonMapper();
      String json =
          mapper
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(
                  mapper
                      .createObjectNode()
                      .put("frames", truth.frames().size())
                      .put("visible_points", evaluation.visible())
                      .put("found_points", evaluation.found())
                      .put("found_fraction", evaluation.foundFraction())
                      .put("mean_error_px", evaluation.meanErrorPx()));
      Files.writeString(Path.of(options.required("--json")), json + "\n");
    }
  }
}
