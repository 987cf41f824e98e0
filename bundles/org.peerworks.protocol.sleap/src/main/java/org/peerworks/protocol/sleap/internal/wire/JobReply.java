package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How a structured job goes, as a worker tells it (§2.6). */
public sealed interface JobReply extends WorkerMessage {

  /**
   * {@code JOB_ACCEPTED::<worker job id>}.
   *
   * @param jobId the worker's own: {@code job_} and 8 hexadecimal digits
   */
  record Accepted(String jobId) implements JobReply {
    static final String NAME = "JOB_ACCEPTED";

    @Override
    public String text() {
      return Message.join(NAME, jobId);
    }
  }

  /** One reason why a job was rejected. Code and path may be empty. */
  record Problem(String field, String message, String code, String path) {}

  /** {@code JOB_REJECTED::<client job id>::{"errors":[…]}}. */
  record Rejected(String clientId, List<Problem> problems) implements JobReply {
    static final String NAME = "JOB_REJECTED";

    public Rejected {
      problems = List.copyOf(problems);
    }

    static Rejected read(Cut cut) {
      String id = cut.field("id", Limits.ID);
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Rejected(
          id,
          json.objects(
              "errors",
              problem ->
                  new Problem(
                      problem.text("field", Limits.PATH, ""),
                      problem.text("message", Limits.LINE, ""),
                      problem.text("code", Limits.ID, ""),
                      problem.text("path", Limits.PATH, ""))));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object();
      ArrayNode errors = json.putArray("errors");
      for (Problem problem : problems) {
        ObjectNode error =
            errors.addObject().put("field", problem.field()).put("message", problem.message());
        if (!problem.code().isEmpty()) {
          error.put("code", problem.code());
        }
        if (!problem.path().isEmpty()) {
          error.put("path", problem.path());
        }
      }
      return Message.join(NAME, clientId, Json.write(json));
    }
  }

  /** {@code MODEL_TYPE::<type>}: before the second and each later model of a job. */
  record ModelType(String type) implements JobReply {
    static final String NAME = "MODEL_TYPE";

    @Override
    public String text() {
      return Message.join(NAME, type);
    }
  }

  /**
   * {@code JOB_LOG::<text>}, or {@code JOB_LOG::CR::<text>} for a line that is drawn over the one
   * before it. Track jobs only.
   */
  record Log(String line, boolean redraw) implements JobReply {
    static final String NAME = "JOB_LOG";
    private static final String REDRAW = "CR" + SEPARATOR;

    static Log read(Cut cut) {
      String line = cut.rest(Limits.LINE);
      boolean redraw = line.startsWith(REDRAW);
      return new Log(redraw ? line.substring(REDRAW.length()) : line, redraw);
    }

    @Override
    public String text() {
      return NAME + SEPARATOR + (redraw ? REDRAW : "") + line;
    }
  }

  /** {@code JOB_PROGRESS::{"epoch","loss","val_loss"}}; what is not known is left out. */
  record Progress(long epoch, OptionalDouble loss, OptionalDouble validationLoss)
      implements JobReply {
    static final String NAME = "JOB_PROGRESS";

    static Progress read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.LINE));
      return new Progress(
          json.number("epoch", 0, Long.MAX_VALUE, 0),
          json.optionalDecimal("loss"),
          json.optionalDecimal("val_loss"));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("epoch", epoch);
      loss.ifPresent(value -> json.put("loss", value));
      validationLoss.ifPresent(value -> json.put("val_loss", value));
      return Message.join(NAME, Json.write(json));
    }
  }

  /**
   * {@code JOB_COMPLETE::{…}}, once for each model. In November 2025 it was {@code
   * JOB_COMPLETE::<id>::<path>}, which is read too.
   *
   * @param jobId the worker's; with {@code _<number>} behind it where a job has several models
   * @param outputPath on the worker, if there is one
   */
  record Complete(
      String jobId,
      String jobType,
      double seconds,
      boolean success,
      boolean stoppedEarly,
      Optional<String> outputPath)
      implements JobReply {
    static final String NAME = "JOB_COMPLETE";

    static Complete read(Cut cut) {
      String rest = cut.rest("JSON", Limits.JSON);
      if (!rest.startsWith("{")) {
        int end = rest.indexOf(SEPARATOR);
        String id = end < 0 ? rest : rest.substring(0, end);
        Optional<String> path = end < 0 ? Optional.empty() : Optional.of(rest.substring(end + 2));
        return new Complete(
            Cut.checked(NAME, "id", id, 1, Limits.ID),
            "",
            0,
            true,
            false,
            path.map(found -> Cut.checked(NAME, "path", found, 0, Limits.PATH)));
      }
      JsonFields json = JsonFields.read(NAME, rest);
      return new Complete(
          json.text("job_id", Limits.ID, ""),
          json.text("job_type", Limits.ID, ""),
          json.decimal("duration_seconds", 0),
          json.flag("success", true),
          json.flag("stopped_early", false),
          json.optionalText("output_path", Limits.PATH));
    }

    @Override
    public String text() {
      ObjectNode json =
          Json.object()
              .put("job_id", jobId)
              .put("job_type", jobType)
              .put("duration_seconds", seconds)
              .put("success", success)
              .put("stopped_early", stoppedEarly);
      outputPath.ifPresent(path -> json.put("output_path", path));
      return Message.join(NAME, Json.write(json));
    }
  }

  /**
   * {@code JOB_FAILED}. Three forms are in the field: {@code ::<id>::<message>} of G2, {@code
   * ::<json>} as the G3 worker writes it, and {@code ::<id>::<json>} as the G3 clients read it, who
   * say {@code Unknown error} for any other. All three are read. What is written to a G3 client is
   * the last one: its clients find the JSON where they look for it, and one of G2 still finds an id
   * and a text.
   *
   * @param jobType empty for the form of G2, whose message is plain text
   * @param exitCode of the program; 1 if none ran
   */
  record Failed(String jobId, String jobType, int exitCode, double seconds, String message)
      implements JobReply {
    static final String NAME = "JOB_FAILED";

    static Failed read(Cut cut) {
      String rest = cut.rest("JSON", Limits.JSON);
      String id = "";
      if (!rest.startsWith("{")) {
        int end = rest.indexOf(SEPARATOR);
        id = Cut.checked(NAME, "id", end < 0 ? rest : rest.substring(0, end), 0, Limits.ID);
        rest = end < 0 ? "" : rest.substring(end + 2);
      }
      if (!rest.startsWith("{")) {
        return new Failed(id, "", 1, 0, Cut.checked(NAME, "message", rest, 0, Limits.LINE));
      }
      JsonFields json = JsonFields.read(NAME, rest);
      return new Failed(
          json.text("job_id", Limits.ID, id),
          json.text("job_type", Limits.ID, ""),
          (int) json.number("exit_code", Integer.MIN_VALUE, Integer.MAX_VALUE, 1),
          json.decimal("duration_seconds", 0),
          json.text("message", Limits.LINE, json.text("error", Limits.LINE, "")));
    }

    @Override
    public String text() {
      if (jobType.isEmpty()) {
        return Message.join(NAME, jobId, message);
      }
      ObjectNode json =
          Json.object()
              .put("job_id", jobId)
              .put("job_type", jobType)
              .put("exit_code", exitCode)
              .put("duration_seconds", seconds)
              .put("message", message)
              .put("error", message);
      return Message.join(NAME, jobId, Json.write(json));
    }
  }
}
