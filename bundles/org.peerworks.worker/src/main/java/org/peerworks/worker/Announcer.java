package org.peerworks.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Slots;
import org.peerworks.job.api.Subscription;
import org.peerworks.signaling.api.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the room when something about this worker has changed. */
final class Announcer {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  /** Changes come in groups, and others see them a moment after we do. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Announcement announcement;
  private final Agenda agenda;
  private final Object lock = new Object();
  private Future<?> planned;

  // the rest belongs to the agenda's thread
  private JobAccess followed;
  private Slots slots;
  private Intake intake;
  private Optional<Subscription> door = Optional.empty();
  private Optional<JobsView> jobs = Optional.empty();
  private Optional<Room> room = Optional.empty();
  private Map<String, Object> told = Map.of();

  Announcer(Announcement announcement, Agenda agenda) {
    this.announcement = announcement;
    this.agenda = agenda;
  }

  void jobs(JobAccess access) {
    agenda.soon(() -> follow(access));
  }

  /** Unless others have come in their place. */
  void jobsGone(JobAccess access) {
    agenda.soon(
        () -> {
          if (jobs.isPresent() && followed == access) {
            follow(null);
          }
        });
  }

  void slots(Slots here) {
    agenda.soon(() -> count(here));
  }

  /** Unless others have come in their place. */
  void slotsGone(Slots gone) {
    agenda.soon(
        () -> {
          if (slots == gone) {
            count(null);
          }
        });
  }

  void intake(Intake here) {
    agenda.soon(() -> look(here));
  }

  /** Unless another has come in its place. */
  void intakeGone(Intake gone) {
    agenda.soon(
        () -> {
          if (intake == gone) {
            look(null);
          }
        });
  }

  private void look(Intake now) {
    door.ifPresent(Subscription::close);
    intake = now;
    door = Optional.ofNullable(now).map(here -> here.watch(this::changed));
    announcement.intake(Optional.ofNullable(now));
    changed();
  }

  private void count(Slots now) {
    slots = now;
    announcement.slots(Optional.ofNullable(now));
    changed();
  }

  private void follow(JobAccess access) {
    jobs.ifPresent(JobsView::close);
    jobs = Optional.empty();
    followed = access;
    jobs =
        Optional.ofNullable(access)
            .map(now -> new JobsView(now, this::changed, why -> lost(now, why)));
    look();
  }

  private void lost(JobAccess access, JobException why) {
    LOG.warn("Cannot follow the jobs; tries again in {} s", AGAIN.toSeconds(), why);
    agenda.later(
        AGAIN,
        () -> {
          if (followed == access) {
            follow(access);
          }
        });
  }

  /**
   * To be called on the agenda's thread.
   *
   * @param here whom to tell from now on; empty for nobody
   */
  void room(Optional<Room> here) {
    room = here;
    told = Map.of();
    look();
  }

  /**
   * Looks and tells at once: whoever reads it next must not go where nobody is. On the agenda's
   * thread.
   */
  void changedNow() {
    look();
  }

  /** Looks and tells, a moment later. Any thread. */
  void changed() {
    synchronized (lock) {
      if (planned == null || planned.isDone()) {
        planned = agenda.later(PAUSE, this::look);
      }
    }
  }

  private void look() {
    synchronized (lock) {
      planned = null;
    }
    if (jobs.isEmpty()) {
      tell(Optional.empty());
      return;
    }
    JobsView asked = jobs.get();
    asked.load().whenComplete((load, failure) -> agenda.soon(() -> loaded(asked, load, failure)));
  }

  private void loaded(JobsView asked, JobsView.Load load, Throwable failure) {
    if (failure != null) {
      LOG.warn("Cannot ask the job engine for its load", failure);
    } else if (jobs.isPresent() && jobs.get() == asked) {
      tell(Optional.of(load));
    }
  }

  private void tell(Optional<JobsView.Load> load) {
    announcement.load(load);
    Map<String, Object> properties = announcement.properties();
    if (room.isEmpty() || properties.equals(told)) {
      return;
    }
    told = properties;
    room.get()
        .updateProperties(properties)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("Cannot tell the room about this worker", failure);
              }
            });
  }

  /** For after the agenda's end. */
  void close() {
    jobs.ifPresent(JobsView::close);
    door.ifPresent(Subscription::close);
  }
}
