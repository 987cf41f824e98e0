/**
 * The job engine: takes jobs in, queues, runs and keeps them.
 *
 * <p>What is durable is the store: a submit is acknowledged when its row is on stable storage.
 * {@code jobs/<id>/} with {@code request.json} describes a job beside it. A job with inputs has its
 * directory before it is acknowledged; a job without inputs gets it when its code first asks for a
 * directory, writes to the log or runs a step, and none at all if it does nothing of this.
 *
 * <p>When a job is final its {@code input/} and {@code work/} are deleted; its outputs, log, {@code
 * request.json} and the files of its steps stay until it is deleted itself. At the start, what a
 * killed worker left is put in order: half-made directories are deleted, and whole ones that are
 * newer than all that the store knows are moved to {@code jobs/unknown/}, for the store may have
 * been lost; there they stay as long as ended jobs do. Other names in {@code jobs/} are never
 * touched. A job that was running fails when its programs are stopped; until there is a program
 * executor to stop them it stays running.
 */
package org.peerworks.job.engine.internal;
