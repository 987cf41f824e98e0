package org.peerworks.doctor.checks;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.Patient;

/** This machine's clock against the signalling server's, and against itself. */
final class ClockCheck implements Check {

  private static final Duration TOLERABLE = Duration.ofSeconds(5);
  private static final Duration WRONG = Duration.ofMinutes(2);
  private static final String MEND =
      "Let the clock be set by NTP: timedatectl set-ntp true (or apt-get install chrony).";

  private final Patient patient;
  private final Clock clock;

  ClockCheck(Patient patient) {
    this(patient, Clock.systemUTC());
  }

  ClockCheck(Patient patient, Clock clock) {
    this.patient = patient;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "Clock";
  }

  @Override
  public Duration deadline() {
    return Http.PATIENCE.multipliedBy(2);
  }

  @Override
  public List<Finding> run() throws InterruptedException {
    Instant before = clock.instant();
    long started = System.nanoTime();
    Optional<String> date;
    try {
      date = Http.call(Http.client(), "GET", patient.http(), "/health").date();
    } catch (IOException e) {
      date = Optional.empty();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    Instant after = clock.instant();
    Duration jump = Duration.between(before, after).minus(took);
    if (jump.abs().compareTo(TOLERABLE) > 0) {
      return List.of(
          Finding.warning("The clock jumped by " + jump.toSeconds() + " s just now", MEND));
    }
    return List.of(
        date.flatMap(ClockCheck::parse)
            .map(server -> compare(before.plus(took.dividedBy(2)), server))
            .orElseGet(
                () ->
                    Finding.note(
                        "Not compared: " + patient.http() + " tells no time",
                        "Name your signalling server with --server and --server-http, or look at"
                            + " 'timedatectl'.")));
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Finding compare(Instant here, Instant server) {
    Duration ahead = Duration.between(server, here);
    Duration skew = ahead.abs();
    if (skew.compareTo(TOLERABLE) <= 0) {
      return Finding.ok("As that of " + patient.http());
    }
    String found =
        "%s %s that of %s"
            .formatted(text(skew), ahead.isNegative() ? "behind" : "ahead of", patient.http());
    return skew.compareTo(WRONG) > 0
        ? Finding.error(found, "One of both clocks is wrong. " + MEND)
        : Finding.warning(found, MEND);
  }

  private static String text(Duration skew) {
    if (skew.toHours() >= 48) {
      return skew.toDays() + " days";
    }
    return skew.toMinutes() >= 10 ? skew.toMinutes() + " min" : skew.toSeconds() + " s";
  }
}
