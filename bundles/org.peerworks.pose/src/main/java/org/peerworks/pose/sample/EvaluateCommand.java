package org.peerworks.pose.sample;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.Command;
import org.peerworks.pose.Console;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.UserError;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;

/** {@code evaluate}: compares predictions with the truth, and draws them. */
public final class EvaluateCommand implements Command {

  @Override
  public void run(List<String> arguments, Console console, Interruption interruption)
      throws UserError, IOException {
    Options options =
        new OptionParser("evaluate")
            .value("--predictions")
            .value("--truth")
            .value("--preview")
            .value("--json")
            .value("--status")
            .value("--seconds")
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
      summary(options, evaluation);
    }
  }

  /** Writes the figures; status and seconds are the caller's, who knows about the jobs. */
  private static void summary(Options options, Evaluation evaluation)
      throws UserError, IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode json = mapper.createObjectNode();
    options.one("--status").ifPresent(status -> json.put("status", status));
    json.put("mean_error_px", evaluation.meanErrorPx());
    json.put("found_fraction", evaluation.foundFraction());
    if (options.has("--seconds")) {
      json.put("seconds", options.real("--seconds", 0, 0, 1e9));
    }
    json.put("frames", evaluation.frames().size());
    json.put("visible_points", evaluation.visible());
    json.put("found_points", evaluation.found());
    Path file = Path.of(options.required("--json"));
    Files.writeString(
        file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
