package org.peerworks.protocol.sleap.internal.wire;

/** What a client says to a worker. */
public sealed interface ClientMessage extends Message
    permits AuthResponse,
        PackageRequest,
        InputRequest,
        JobCommand,
        FsRequest,
        UploadRequest,
        FileMeta,
        EndOfFile {}
