package org.peerworks.cli.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a job is handed in. */
final class SubmissionOptions {

  @Option(
      names = "--priority",
      paramLabel = "0..10",
      order = 30,
      converter = Priority.class,
      description = "10 runs first, 0 last. Default: 5.")
  private Integer priority;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 31,
      converter = Time.class,
      description = "Longest run, for example 30m or 2h. Default: the worker's own limit.")
  private Duration timeout;

  Invocation.Submission submission() {
    return new Invocation.Submission(
        Optional.ofNullable(priority), timeout == null ? Duration.ZERO : timeout);
  }

  static final class Priority implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return Numbers.between(value, 0, 10);
    }
  }

  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return Durations.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
