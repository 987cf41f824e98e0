package org.peerworks.protocol.sleap.internal.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a client says, whatever its generation. */
public final class ClientMessages {

  private static final Map<String, Function<Cut, ClientMessage>> READERS = new HashMap<>();

  static {
    READERS.put(AuthResponse.NAME, AuthResponse::read);
    READERS.put(FileMeta.NAME, FileMeta::read);
    READERS.put(EndOfFile.NAME, bare(new EndOfFile()));
    READERS.put(PackageRequest.PackageType.NAME, PackageRequest.PackageType::read);
    READERS.put(PackageRequest.OutputDir.NAME, PackageRequest.OutputDir::read);
    READERS.put(PackageRequest.ZmqControl.NAME, PackageRequest.ZmqControl::read);
    READERS.put(InputRequest.JobId.NAME, InputRequest.JobId::read);
    READERS.put(InputRequest.InputFile.NAME, InputRequest.InputFile::read);
    READERS.put(
        InputRequest.SharedInputPath.NAME,
        cut -> new InputRequest.SharedInputPath(cut.rest(Limits.PATH)));
    READERS.put(
        InputRequest.SharedOutputPath.NAME,
        cut -> new InputRequest.SharedOutputPath(cut.rest(Limits.PATH)));
    READERS.put(
        InputRequest.SharedStorageJob.NAME,
        cut -> new InputRequest.SharedStorageJob(cut.rest(Limits.ID)));
    READERS.put(JobCommand.Submit.NAME, JobCommand.Submit::read);
    READERS.put(JobCommand.Control.NAME, JobCommand.Control::read);
    READERS.put(JobCommand.Stop.NAME, bare(new JobCommand.Stop()));
    READERS.put(JobCommand.Cancel.NAME, bare(new JobCommand.Cancel()));
    READERS.put(FsRequest.GetInfo.NAME, bare(new FsRequest.GetInfo()));
    READERS.put(FsRequest.GetMounts.NAME, bare(new FsRequest.GetMounts()));
    READERS.put(FsRequest.ListDirectory.NAME, FsRequest.ListDirectory::read);
    READERS.put(FsRequest.Resolve.NAME, FsRequest.Resolve::read);
    READERS.put(FsRequest.UseWorkerPath.NAME, FsRequest.UseWorkerPath::read);
    READERS.put(FsRequest.ScanDirectory.NAME, FsRequest.ScanDirectory::read);
    READERS.put(FsRequest.WriteProject.NAME, FsRequest.WriteProject::read);
    READERS.put(FsRequest.ResolveWithPrefix.NAME, FsRequest.ResolveWithPrefix::read);
    READERS.put(FsRequest.ApplyPrefix.NAME, FsRequest.ApplyPrefix::read);
    READERS.put(UploadRequest.Check.NAME, UploadRequest.Check::read);
    READERS.put(UploadRequest.Start.NAME, UploadRequest.Start::read);
    READERS.put(UploadRequest.End.NAME, bare(new UploadRequest.End()));
  }

  private ClientMessages() {}

  private static Function<Cut, ClientMessage> bare(ClientMessage message) {
    return cut -> {
      cut.end();
      return message;
    };
  }

  /**
   * @return empty if it is no message that a client is known to send
   * @throws WireException if it is one, but broken
   */
  public static Optional<ClientMessage> read(String text) {
    Cut cut = new Cut(text);
    return Optional.ofNullable(READERS.get(cut.name())).map(reader -> reader.apply(cut));
  }
}
