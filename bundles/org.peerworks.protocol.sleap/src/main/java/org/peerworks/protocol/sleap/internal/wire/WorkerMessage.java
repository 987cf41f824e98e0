package org.peerworks.protocol.sleap.internal.wire;

/** What a worker says to a client. */
public sealed interface WorkerMessage extends Message
    permits AuthMessage,
        RunReply,
        InputReply,
        JobReply,
        InferenceReply,
        FsReply,
        UploadReply,
        FileMeta,
        EndOfFile {}
