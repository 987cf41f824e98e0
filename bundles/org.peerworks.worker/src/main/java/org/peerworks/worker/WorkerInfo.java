package org.peerworks.worker;

import java.util.List;

/**
 * This worker, as {@code worker:info} shows it.
 *
 * @param name for people
 * @param version of Peerworks
 * @param server address of the signalling server
 * @param room id of the room; empty while this worker is in none
 * @param connected whether the server can be reached now
 * @param session session string for clients, which lets them in; empty while in no room
 * @param status {@code available}, {@code busy} or {@code maintenance}
 * @param closed why no jobs are taken in; empty while they are
 * @param slots how many jobs run at once, and on what
 * @param peers connected peers
 * @param transports names of transports
 * @param protocols names of protocols
 * @param jobTypes names of job types, as {@code job:types} has them
 * @param mounts directories that clients may look into, {@code label=path}
 */
public record WorkerInfo(
    String name,
    String version,
    String server,
    String room,
    boolean connected,
    String session,
    String status,
    String closed,
    List<String> slots,
    int peers,
    List<String> transports,
    List<String> protocols,
    List<String> jobTypes,
    List<String> mounts) {}
