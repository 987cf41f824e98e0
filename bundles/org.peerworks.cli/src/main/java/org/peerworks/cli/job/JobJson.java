package org.peerworks.cli.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.Progress;

/** A job as scripts get it. The names of the fields are a promise. */
public final class JobJson {

  private JobJson() {}

  public static Map<String, Object> of(Job job) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", job.id());
    fields.put("type", job.type());
    fields.put("typeVersion", job.typeVersion());
    fields.put("state", job.state().name());
    fields.put("reason", job.reason());
    fields.put("place", job.queuePosition() > 0 ? job.queuePosition() : null);
    fields.put("owner", job.ownerName());
    fields.put("ownerId", job.ownerId());
    fields.put("priority", job.priority());
    fields.put("submitted", job.submitted().toString());
    fields.put("started", job.started().map(Object::toString).orElse(null));
    fields.put("ended", job.ended().map(Object::toString).orElse(null));
    fields.put("progress", job.progress().map(JobJson::progress).orElse(null));
    fields.put("parameters", Json.parsed(job.parameters()));
    fields.put("document", job.document().map(Json::parsed).orElse(null));
    fields.put("outputs", job.outputs().stream().map(JobJson::output).toList());
    return fields;
  }

  public static List<Map<String, Object>> of(List<Job> jobs) {
    return jobs.stream().map(JobJson::of).toList();
  }

  static Map<String, Object> progress(Progress progress) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("done", progress.done());
    fields.put("total", progress.total());
    fields.put("unit", progress.unit());
    fields.put("message", progress.message());
    return fields;
  }

  private static Map<String, Object> output(JobOutput output) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", output.name());
    fields.put("size", output.size());
    fields.put("sha256", output.sha256());
    return fields;
  }
}
