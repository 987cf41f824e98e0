package org.peerworks.files.resolver;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/** Takes paths of others to where they lead, on the lanes of the mounts they lead through. */
final class Places {

  private final Supplier<MountSet> mounts;

  Places(Supplier<MountSet> mounts) {
    this.mounts = mounts;
  }

  /** What is done where a path leads to. The spot is closed afterwards. */
  interface Visit<T> {
    T at(Spot spot) throws IOException, Redirect;
  }

  MountSet mounts() {
    return mounts.get();
  }

  /** Goes to what exists; fails with {@link FileAccessException}. */
  <T> CompletableFuture<T> visit(String path, Visit<T> visit) {
    return visit(path, false, visit);
  }

  /** The same where the last name may be free. */
  <T> CompletableFuture<T> visitNew(String path, Visit<T> visit) {
    return visit(path, true, visit);
  }

  private <T> CompletableFuture<T> visit(String path, boolean mayBeNew, Visit<T> visit) {
    try {
      MountSet now = mounts.get();
      return visit(now, path, now.place(path), mayBeNew, 0, visit);
    } catch (FileAccessException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> CompletableFuture<T> visit(
      MountSet now,
      String path,
      MountSet.Place place,
      boolean mayBeNew,
      int links,
      Visit<T> visit) {
    return place
        .mount()
        .lane()
        .ask(
            () -> {
              try (Spot spot = Walk.to(now, path, place, mayBeNew, links)) {
                return visit.at(spot);
              }
            })
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              return cause instanceof Redirect redirect
                  ? visit(now, path, redirect.place(), mayBeNew, redirect.links(), visit)
                  : CompletableFuture.failedFuture(cause);
            });
  }

  /**
   * Waits for an answer; the lanes see to it that this ends.
   *
   * @throws FileAccessException as the answer failed
   */
  static <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw known(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FileAccessException(Code.UNAVAILABLE, "Looking at files was interrupted.", e);
    }
  }

  /** The reason of a failure, as the contract has it. */
  static FileAccessException known(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof FileAccessException known ? known : Refusals.of(cause);
  }
}
