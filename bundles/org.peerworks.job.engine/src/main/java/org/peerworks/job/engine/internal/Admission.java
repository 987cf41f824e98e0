package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.files.FileNames;

/** Judges requests before anything is kept of them. */
final class Admission {

  private final Config config;
  private final TypeRegistry types;
  private final JobFiles files;
  private final KeptInputs kept;

  Admission(Config config, TypeRegistry types, JobFiles files, KeptInputs kept) {
    this.config = config;
    this.types = types;
    this.files = files;
    this.kept = kept;
  }

  /**
   * @return the version of the type that will do the job; it has {@link TypeRegistry#arrived} when
   *     the job is queued or refused after all
   * @throws JobException naming the field that breaks a rule, or the limit
   */
  RegisteredType require(JobRequest request) throws IOException {
    RegisteredType type = types.take(request.type());
    try {
      requireParameters(type, request.parameters());
      requireSpace(requireInputs(request.inputs()));
      return type;
    } catch (IOException | RuntimeException | Error e) {
      types.arrived(type.key());
      throw e;
    }
  }

  /** How long a job may run. */
  Duration timeout(JobRequest request) {
    Duration most = Duration.ofSeconds(config.maxTimeoutSeconds());
    Duration wanted =
        request.timeout().isZero()
            ? Duration.ofSeconds(config.defaultTimeoutSeconds())
            : request.timeout();
    if (wanted.compareTo(most) > 0 && !request.timeout().isZero()) {
      throw new JobException(
          JobException.Code.LIMIT,
          "The timeout is at most "
              + most.toSeconds()
              + " s here, but was "
              + wanted.toSeconds()
              + " s.");
    }
    return wanted.compareTo(most) > 0 ? most : wanted;
  }

  private void requireParameters(RegisteredType type, String parameters) {
    if (parameters.length() > config.maxParameterBytes()
        || parameters.getBytes(StandardCharsets.UTF_8).length > config.maxParameterBytes()) {
      throw new JobException(
          JobException.Code.LIMIT,
          "The parameters have at most " + config.maxParameterBytes() + " bytes here.");
    }
    type.schema().require(parameters);
  }

  private long requireInputs(Map<String, Path> inputs) throws IOException {
    if (inputs.size() > config.maxInputs()) {
      throw new JobException(
          JobException.Code.LIMIT,
          "A job has at most "
              + config.maxInputs()
              + " inputs here, but had "
              + inputs.size()
              + ".");
    }
    long bytes = 0;
    for (Map.Entry<String, Path> input : inputs.entrySet()) {
      String name = FileNames.requirePlain(input.getKey());
      if (!Files.isRegularFile(input.getValue()) || !Files.isReadable(input.getValue())) {
        throw new JobException(
            JobException.Code.INVALID, "The input '" + name + "' is no file that can be read.");
      }
      bytes += Files.size(input.getValue());
    }
    if (bytes > config.maxInputBytes()) {
      throw new JobException(
          JobException.Code.LIMIT,
          "The inputs have at most "
              + config.maxInputBytes()
              + " bytes in all here, but have "
              + bytes
              + ".");
    }
    return bytes;
  }

  private void requireSpace(long bytes) throws IOException {
    long free = files.usableSpace();
    if (free - config.diskReserveBytes() < bytes) {
      kept.deleteAll();
      free = files.usableSpace();
    }
    if (free - config.diskReserveBytes() < bytes) {
      throw new JobException(
          JobException.Code.NO_SPACE,
          "The worker's disk has "
              + free
              + " bytes free, of which "
              + config.diskReserveBytes()
              + " are kept in reserve; the job's inputs need "
              + bytes
              + ".");
    }
  }
}
