package org.peerworks.protocol.sleap.internal.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.MissingVideo;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.protocol.sleap.internal.wire.FsProjectReply;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/** What a worker says of its files (sleap-rtc wire format §2.7), as the file resolver says it. */
final class FileAnswers {

  private FileAnswers() {}

  static FilesInfo info(FsReply.Info info) {
    return new FilesInfo(
        info.workerId(),
        info.workingDirectory(),
        info.mounts().stream()
            .map(mount -> new MountStatus(new Mount(mount.label(), mount.path()), mount.problem()))
            .toList());
  }

  static FileEntry entry(String directory, FsReply.Entry entry) {
    return new FileEntry(
        directory.endsWith("/") ? directory + entry.name() : directory + "/" + entry.name(),
        entry.name(),
        entry.directory(),
        entry.directory() ? 0 : entry.size(),
        time(entry.modified()));
  }

  private static Instant time(double seconds) {
    boolean fits = seconds > 0 && seconds < 1e11;
    return fits ? Instant.ofEpochMilli((long) (seconds * 1000)) : Instant.EPOCH;
  }

  static SearchOutcome outcome(FsReply.Resolved resolved, List<FsReply.MountPoint> mounts) {
    return new SearchOutcome(
        resolved.candidates().stream()
            .filter(found -> found.path().chars().noneMatch(Character::isISOControl))
            .limit(FileResolver.MOST_CANDIDATES)
            .map(found -> candidate(found, mounts))
            .toList(),
        resolved.truncated(),
        resolved.timeout(),
        resolved.gaps().deeper(),
        Math.max(0, (long) resolved.millis()),
        0,
        resolved.gaps().skipped(),
        resolved.gaps().unavailable());
  }

  private static Candidate candidate(FsReply.Candidate found, List<FsReply.MountPoint> mounts) {
    String mount =
        mounts.stream()
            .filter(each -> found.path().startsWith(each.path().replaceFirst("/*$", "/")))
            .findFirst()
            .map(FsReply.MountPoint::label)
            .orElse("");
    String name =
        found.name().isEmpty()
            ? found.path().substring(found.path().lastIndexOf('/') + 1)
            : found.name();
    return new Candidate(
        new FileEntry(found.path(), name, false, found.size(), time(found.modified())),
        mount,
        match(found.match()),
        found.score());
  }

  private static MatchType match(String name) {
    for (MatchType type : MatchType.values()) {
      if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    return MatchType.SUBSTRING;
  }

  /**
   * @throws FileAccessException if the videos could not be checked
   */
  static VideoCheck check(FsReply reply) {
    if (reply instanceof FsReply.PathError error) {
      Code code =
          error.message().startsWith("Path not within") ? Code.ACCESS_DENIED : Code.PATH_NOT_FOUND;
      throw new FileAccessException(code, Texts.line(error.message(), 500));
    }
    FsProjectReply.VideoCheck check = (FsProjectReply.VideoCheck) reply;
    if (check.error().isPresent()) {
      throw new FileAccessException(Code.INVALID_REQUEST, Texts.line(check.error().get(), 500));
    }
    return new VideoCheck(
        check.project(),
        (int) Math.min(Integer.MAX_VALUE, check.total()),
        (int) Math.min(Integer.MAX_VALUE, check.accessible()),
        (int) Math.min(Integer.MAX_VALUE, check.embedded()),
        check.missing().stream()
            .map(video -> new MissingVideo(video.name(), video.originalPath()))
            .toList());
  }

  static PrefixProposal proposal(FsProjectReply.Proposal proposal) {
    Map<String, String> would = new LinkedHashMap<>();
    proposal.wouldResolve().forEach(move -> would.put(move.original(), move.resolved()));
    return new PrefixProposal(
        proposal.oldPrefix(), proposal.newPrefix(), would, proposal.wouldNotResolve());
  }
}
