package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.files.FileNames;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Texts;

/** Jobs, pages and job types as JSON. What is read is checked, as the peer may be hostile. */
public final class JobJson {

  /** Longest JSON text of parameters, documents and schemas, in characters. */
  public static final int LONGEST_TEXT = 1 << 20;

  private static final int MOST_OUTPUTS = 10_000;

  private JobJson() {}

  public static ObjectNode write(Job job) {
    ObjectNode json =
        Json.object()
            .put("id", job.id())
            .put("type", job.type())
            .put("typeVersion", job.typeVersion())
            .put("state", job.state().name())
            .put("reason", job.reason())
            .put("ownerId", job.ownerId())
            .put("ownerName", job.ownerName())
            .put("priority", job.priority())
            .put("queuePosition", job.queuePosition())
            .put("parameters", job.parameters())
            .put("submitted", job.submitted().toString());
    job.started().ifPresent(time -> json.put("started", time.toString()));
    job.ended().ifPresent(time -> json.put("ended", time.toString()));
    job.progress().ifPresent(progress -> json.set("progress", write(progress)));
    job.document().ifPresent(document -> json.put("document", document));
    ArrayNode outputs = json.putArray("outputs");
    for (JobOutput output : job.outputs()) {
      outputs
          .addObject()
          .put("name", output.name())
          .put("size", output.size())
          .put("sha256", output.sha256());
    }
    return json;
  }

  public static Job job(Fields json) {
    return new Job(
        jobId(json.text("id", 100)),
        line(json, "type", 40),
        line(json, "typeVersion", 100),
        state(json),
        Texts.clean(json.text("reason", 20_000), 20_000),
        line(json, "ownerId", 200),
        line(json, "ownerName", 64),
        (int) json.number("priority", 0, 10),
        (int) json.number("queuePosition", 0, Integer.MAX_VALUE),
        json.text("parameters", LONGEST_TEXT),
        time(json, "submitted"),
        optionalTime(json, "started"),
        optionalTime(json, "ended"),
        json.optionalObject("progress").map(JobJson::progress),
        json.has("document") ? Optional.of(json.text("document", LONGEST_TEXT)) : Optional.empty(),
        json.objects("outputs", MOST_OUTPUTS, JobJson::output));
  }

  private static JobOutput output(Fields json) {
    return new JobOutput(
        plainName(json.text("name", 255)), json.number("size", 0, Long.MAX_VALUE), sha256(json));
  }

  /** A plain file name, as it may become a file of ours. */
  public static String plainName(String name) {
    try {
      return FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw new FieldException(e.getMessage());
    }
  }

  public static String jobId(String id) {
    return plainName(id);
  }

  public static String sha256(Fields json) {
    return sha256(json, "sha256");
  }

  /** A field that is a SHA-256, or has the form of one. */
  public static String sha256(Fields json, String name) {
    String hash = json.text(name, 64);
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new FieldException(
          "Field '%s' must be 64 lower-case hexadecimal digits, as a SHA-256 has, but was '%s'."
              .formatted(name, Texts.line(hash, 64)));
    }
    return hash;
  }

  public static ObjectNode write(JobPage page) {
    ObjectNode json = Json.object();
    ArrayNode jobs = json.putArray("jobs");
    page.jobs().forEach(job -> jobs.add(write(job)));
    return json.put("next", page.next());
  }

  public static JobPage page(Fields json) {
    return new JobPage(json.objects("jobs", 1000, JobJson::job), json.text("next", 200));
  }

  public static ObjectNode write(List<JobTypeInfo> types) {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("types");
    for (JobTypeInfo type : types) {
      array
          .addObject()
          .put("name", type.name())
          .put("version", type.version())
          .put("slots", type.slots())
          .put("schema", type.schema());
    }
    return json;
  }

  public static List<JobTypeInfo> types(Fields json) {
    return json.objects(
        "types",
        1000,
        type ->
            new JobTypeInfo(
                line(type, "name", 40),
                line(type, "version", 100),
                line(type, "slots", 40),
                type.text("schema", LONGEST_TEXT)));
  }

  static ObjectNode write(Progress progress) {
    return Json.object()
        .put("done", progress.done())
        .put("total", progress.total())
        .put("unit", progress.unit())
        .put("message", progress.message());
  }

  static Progress progress(Fields json) {
    return new Progress(
        json.number("done", 0, Long.MAX_VALUE),
        json.number("total", 0, Long.MAX_VALUE),
        line(json, "unit", 100),
        line(json, "message", 500));
  }

  static JobState state(Fields json) {
    String state = json.text("state", 40);
    for (JobState known : JobState.values()) {
      if (known.name().equals(state)) {
        return known;
      }
    }
    throw new FieldException("The state '%s' is not known.".formatted(Texts.line(state, 40)));
  }

  static Instant time(Fields json, String name) {
    String time = json.text(name, 40);
    try {
      return Instant.parse(time);
    } catch (DateTimeException e) {
      throw new FieldException(
          "Field '%s' must be a time such as 2026-11-21T10:15:00Z, but was '%s'."
              .formatted(name, Texts.line(time, 40)));
    }
  }

  private static Optional<Instant> optionalTime(Fields json, String name) {
    return json.has(name) ? Optional.of(time(json, name)) : Optional.empty();
  }

  static String line(Fields json, String name, int longest) {
    return Texts.line(json.text(name, longest), longest);
  }
}
