package org.peerworks.protocol.sleap.internal.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads what a worker says, whatever its generation. */
public final class WorkerMessages {

  private static final Map<String, Function<Cut, WorkerMessage>> READERS = new HashMap<>();

  static {
    auth();
    packages();
    jobs();
    files();
  }

  private WorkerMessages() {}

  private static void auth() {
    text(AuthMessage.Challenge.NAME, "nonce", 512, AuthMessage.Challenge::new);
    bare(AuthMessage.Success.NAME, new AuthMessage.Success());
    READERS.put(
        AuthMessage.Failure.NAME, cut -> new AuthMessage.Failure(cut.optionalRest(Limits.LINE)));
    READERS.put(
        AuthMessage.Required.NAME, cut -> new AuthMessage.Required(cut.optionalRest(Limits.PATH)));
  }

  private static void packages() {
    READERS.put(FileMeta.NAME, FileMeta::read);
    bare(EndOfFile.NAME, new EndOfFile());
    text(RunReply.TrainStart.NAME, "model", Limits.PATH, RunReply.TrainStart::new);
    text(RunReply.TrainEnd.NAME, "model", Limits.PATH, RunReply.TrainEnd::new);
    READERS.put(RunReply.TrainError.NAME, RunReply.TrainError::read);
    bare(RunReply.TrainingDone.NAME, new RunReply.TrainingDone());
    bare(RunReply.TrackingStart.NAME, new RunReply.TrackingStart());
    text(RunReply.TrackStart.NAME, "name", Limits.PATH, RunReply.TrackStart::new);
    text(RunReply.TrackEnd.NAME, "name", Limits.PATH, RunReply.TrackEnd::new);
    READERS.put(RunReply.TrackError.NAME, RunReply.TrackError::read);
    READERS.put(
        RunReply.TrackingError.NAME,
        cut -> new RunReply.TrackingError(cut.optionalRest(Limits.LINE)));
    bare(RunReply.TrackingDone.NAME, new RunReply.TrackingDone());
    READERS.put(RunReply.ProgressReport.NAME, RunReply.ProgressReport::read);
    READERS.put(
        RunReply.Redraw.NAME, cut -> new RunReply.Redraw(cut.optionalRest(Limits.LINE), true));
    text(InputReply.FileExists.NAME, "name", Limits.PATH, InputReply.FileExists::new);
    READERS.put(InputReply.FileNotFound.NAME, InputReply.FileNotFound::read);
    text(InputReply.JobOutputPath.NAME, "path", Limits.PATH, InputReply.JobOutputPath::new);
    bare(InputReply.TrainingComplete.NAME, new InputReply.TrainingComplete());
    text(InputReply.PathValidated.NAME, "text", Limits.PATH, InputReply.PathValidated::new);
    READERS.put(
        InputReply.PathError.NAME, cut -> new InputReply.PathError(cut.optionalRest(Limits.LINE)));
  }

  private static void jobs() {
    text(JobReply.Accepted.NAME, "id", Limits.ID, JobReply.Accepted::new);
    READERS.put(JobReply.Rejected.NAME, JobReply.Rejected::read);
    text(JobReply.ModelType.NAME, "type", Limits.ID, JobReply.ModelType::new);
    READERS.put(JobReply.Log.NAME, JobReply.Log::read);
    READERS.put(JobReply.Progress.NAME, JobReply.Progress::read);
    READERS.put(JobReply.Complete.NAME, JobReply.Complete::read);
    READERS.put(JobReply.Failed.NAME, JobReply.Failed::read);
    READERS.put(InferenceReply.Begin.NAME, WorkerMessages::begin);
    READERS.put(
        InferenceReply.Log.NAME, cut -> new InferenceReply.Log(cut.optionalRest(Limits.LINE)));
    READERS.put(InferenceReply.Progress.NAME, InferenceReply.Progress::read);
    READERS.put(InferenceReply.Complete.NAME, InferenceReply.Complete::read);
    READERS.put(InferenceReply.Failed.NAME, InferenceReply.Failed::read);
    READERS.put(InferenceReply.Skipped.NAME, InferenceReply.Skipped::read);
  }

  private static void files() {
    READERS.put(FsReply.Info.NAME, FsReply.Info::read);
    READERS.put(FsReply.Mounts.NAME, FsReply.Mounts::read);
    READERS.put(FsReply.Listing.NAME, FsReply.Listing::read);
    READERS.put(FsReply.Resolved.NAME, FsReply.Resolved::read);
    READERS.put(FsReply.Failed.NAME, FsReply.Failed::read);
    text(FsReply.PathOk.NAME, "path", Limits.PATH, FsReply.PathOk::new);
    READERS.put(
        FsReply.PathError.NAME, cut -> new FsReply.PathError(cut.optionalRest(Limits.LINE)));
    READERS.put(FsProjectReply.VideoCheck.NAME, FsProjectReply.VideoCheck::read);
    READERS.put(FsProjectReply.Scanned.NAME, FsProjectReply.Scanned::read);
    READERS.put(FsProjectReply.Written.NAME, FsProjectReply.Written::read);
    READERS.put(FsProjectReply.NotWritten.NAME, FsProjectReply.NotWritten::read);
    READERS.put(FsProjectReply.Proposal.NAME, FsProjectReply.Proposal::read);
    READERS.put(FsProjectReply.PrefixApplied.NAME, FsProjectReply.PrefixApplied::read);
    text(UploadReply.CacheHit.NAME, "path", Limits.PATH, UploadReply.CacheHit::new);
    bare(UploadReply.Ready.NAME, new UploadReply.Ready());
    READERS.put(
        UploadReply.Failed.NAME, cut -> new UploadReply.Failed(cut.optionalRest(Limits.LINE)));
    READERS.put(UploadReply.Progress.NAME, UploadReply.Progress::read);
    text(UploadReply.Complete.NAME, "path", Limits.PATH, UploadReply.Complete::new);
  }

  private static InferenceReply.Begin begin(Cut cut) {
    cut.optionalRest(Limits.LINE);
    return new InferenceReply.Begin();
  }

  private static void bare(String name, WorkerMessage message) {
    READERS.put(
        name,
        cut -> {
          cut.end();
          return message;
        });
  }

  private static void text(
      String name, String what, int longest, Function<String, WorkerMessage> make) {
    READERS.put(name, cut -> make.apply(cut.rest(what, longest)));
  }

  /** How the messages begin that are no log. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(READERS.keySet());
    names.add(RunReply.TrackLog.NAME);
    return names;
  }

  /** Whether a text would be read as anything but log. */
  public static boolean isNamed(String text) {
    return text.startsWith(RunReply.TrackLog.NAME) || READERS.containsKey(new Cut(text).name());
  }

  /**
   * Reads a message. What has no known name is log: it stands in its raw form between the others.
   *
   * @throws WireException if it has a known name, but is broken
   */
  public static WorkerMessage read(String text) {
    if (text.startsWith(RunReply.TrackLog.NAME)) {
      return new RunReply.TrackLog(
          Cut.checked(
              "TRACK_LOG",
              "line",
              text.substring(RunReply.TrackLog.NAME.length()),
              0,
              Limits.LINE));
    }
    Cut cut = new Cut(text);
    Function<Cut, WorkerMessage> reader = READERS.get(cut.name());
    if (reader != null) {
      return reader.apply(cut);
    }
    if (text.startsWith("\r")) {
      return new RunReply.Redraw(
          Cut.checked("A log", "line", text.substring(1), 0, Limits.LINE), false);
    }
    return new RunReply.LogText(Cut.checked("A log", "line", text, 0, Limits.LINE));
  }
}
