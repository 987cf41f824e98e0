package org.peerworks.job.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job as it stood when it was asked for.
 *
 * <p>A caller who is neither owner nor operator sees the type, state, place and owner; for it,
 * {@link #parameters()} is {@code {}}, {@link #document()} and {@link #outputs()} are empty and
 * {@link #reason()} is blank.
 *
 * @param id unique on its worker, for example {@code 20261121-101500-4f2a9c}; safe as a file name
 * @param type name of the job type
 * @param typeVersion version of the job type that accepted it
 * @param state where it stands
 * @param reason why it stands there, in words; blank while nothing is worth saying
 * @param ownerId {@link Caller#id()} of the submitter
 * @param ownerName {@link Caller#name()} of the submitter
 * @param priority 0 to 10
 * @param queuePosition 1 for the next to run; 0 unless queued
 * @param parameters JSON object
 * @param submitted when it was accepted
 * @param started when it first ran
 * @param ended when it reached its final state
 * @param progress the latest progress, while running
 * @param document JSON document of the result
 * @param outputs files of the result; readable once the state is final
 */
public record Job(
    String id,
    String type,
    String typeVersion,
    JobState state,
    String reason,
    String ownerId,
    String ownerName,
    int priority,
    int queuePosition,
    String parameters,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Progress> progress,
    Optional<String> document,
    List<JobOutput> outputs) {

  public Job {
    outputs = List.copyOf(outputs);
  }
}
