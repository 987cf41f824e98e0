package org.peerworks.protocol.sleap.internal.worker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.protocol.sleap.internal.wire.FsProjectReply;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.Message;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the file resolver says, as messages (§2.7). */
final class FsReplies {

  private static final Logger LOG = LoggerFactory.getLogger(FsReplies.class);

  /**
   * Missing videos are named as far as they fit into one answer: a message of upstream's peers has
   * 64 KiB. The number of all videos says that there are more.
   */
  private static final int MOST_TEXT = 60_000;

  private static final int LONGEST_PATH = 4096;
  private static final int LONGEST_PROBLEM = 300;

  private FsReplies() {}

  /** Failures that are none of the resolver's are defects, and are not told. */
  static FileAccessException failure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof FileAccessException known) {
      return known;
    }
    if (cause instanceof Refusal refusal) {
      return new FileAccessException(FileAccessException.Code.LIMIT, refusal.getMessage(), refusal);
    }
    LOG.error("A question about files failed", failure);
    return new FileAccessException(
        FileAccessException.Code.INTERNAL, "A defect of the worker; its log has more.", cause);
  }

  /** Why a path cannot be used, beginning as clients look for it. */
  static FsReply.PathError unusable(String path, FileAccessException why) {
    return new FsReply.PathError(
        switch (why.code()) {
          case ACCESS_DENIED ->
              "Path not within configured mounts, or closed to the worker: " + why.getMessage();
          case PATH_NOT_FOUND -> "File not found: " + Texts.line(path, LONGEST_PATH);
          default -> why.getMessage();
        });
  }

  static FsReply.Info info(FilesInfo info) {
    return new FsReply.Info(info.workerName(), info.workingDirectory(), mounts(info));
  }

  static List<FsReply.MountPoint> mounts(FilesInfo info) {
    return info.mounts().stream()
        .map(
            status ->
                new FsReply.MountPoint(
                    status.mount().path(),
                    status.mount().label(),
                    Texts.line(status.problem(), LONGEST_PROBLEM)))
        .toList();
  }

  static FsReply.Listing listing(DirectoryListing listing) {
    return new FsReply.Listing(
        listing.path(),
        listing.entries().stream()
            .map(
                entry ->
                    new FsReply.Entry(
                        entry.name(), entry.directory(), entry.size(), seconds(entry.modified())))
            .toList(),
        listing.total(),
        listing.hasMore());
  }

  static FsReply.Resolved resolved(SearchOutcome outcome) {
    return new FsReply.Resolved(
        outcome.candidates().stream().map(FsReplies::candidate).toList(),
        outcome.truncated(),
        outcome.timeout() || !outcome.unavailable().isEmpty(),
        outcome.searchTimeMillis(),
        new FsReply.Gaps(outcome.deeper(), outcome.skipped(), outcome.unavailable()));
  }

  private static FsReply.Candidate candidate(Candidate found) {
    return new FsReply.Candidate(
        found.file().path(),
        found.file().name(),
        found.file().size(),
        seconds(found.file().modified()),
        found.matchType().name().toLowerCase(Locale.ROOT),
        found.score());
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  static FsProjectReply.Scanned scanned(DirectoryScan scan) {
    return new FsProjectReply.Scanned(scan.directory(), scan.found());
  }

  static FsProjectReply.Proposal proposal(PrefixProposal proposal) {
    return new FsProjectReply.Proposal(
        proposal.oldPrefix(),
        proposal.newPrefix(),
        proposal.wouldResolve().entrySet().stream()
            .map(move -> new FsProjectReply.Move(move.getKey(), move.getValue()))
            .toList(),
        proposal.wouldNotResolve());
  }

  /**
   * @param check null if there was a failure
   */
  static FsProjectReply.VideoCheck videos(String project, VideoCheck check, Throwable failure) {
    if (failure != null) {
      return new FsProjectReply.VideoCheck(
          project, 0, List.of(), 0, 0, Optional.of(failure(failure).getMessage()));
    }
    int all = check.missing().size();
    FsProjectReply.VideoCheck reply = videos(check, all);
    for (int most = all * 3 / 4; most > 0 && bytes(reply) > MOST_TEXT; most = most * 3 / 4) {
      reply = videos(check, most);
    }
    return reply;
  }

  private static int bytes(Message message) {
    return message.text().getBytes(StandardCharsets.UTF_8).length;
  }

  private static FsProjectReply.VideoCheck videos(VideoCheck check, int most) {
    return new FsProjectReply.VideoCheck(
        check.slpPath(),
        check.total(),
        check.missing().stream()
            .limit(most)
            .map(video -> new FsProjectReply.MissingVideo(video.filename(), video.originalPath()))
            .toList(),
        check.accessible(),
        check.embedded(),
        Optional.empty());
  }
}
