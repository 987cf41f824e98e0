package org.peerworks.job.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What a caller wants done.
 *
 * @param type name of the job type, for example {@code train}
 * @param parameters a JSON object that the type's schema accepts
 * @param inputs local files by name; a name is a plain file name of letters, digits, {@code . _ -}
 *     and space. The files may be changed or deleted once the submit has completed
 * @param priority 0 (last) to 10 (first)
 * @param idempotencyKey a repeated submit by the same caller with the same key returns the first
 *     job; 1 to 128 characters
 * @param timeout longest time in {@link JobState#RUNNING}; zero for the worker's default
 */
public record JobRequest(
    String type,
    String parameters,
    Map<String, Path> inputs,
    int priority,
    String idempotencyKey,
    Duration timeout) {

  public static final int DEFAULT_PRIORITY = 5;

  public JobRequest {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(parameters, "parameters");
    inputs = Map.copyOf(inputs);
    if (priority < 0 || priority > 10) {
      throw new IllegalArgumentException("The priority is 0 to 10, but was " + priority + ".");
    }
    if (idempotencyKey.isEmpty() || idempotencyKey.length() > 128) {
      throw new IllegalArgumentException("The idempotency key has 1 to 128 characters.");
    }
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout is zero or more, but was " + timeout + ".");
    }
  }
}
