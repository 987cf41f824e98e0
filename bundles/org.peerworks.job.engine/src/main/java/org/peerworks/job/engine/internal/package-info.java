/**
 * The job engine: takes jobs in, queues, runs and keeps them.
 *
 * <p>What is durable is the store: a submit is acknowledged when its row is on stable storage.
 * {@code jobs/<id>/} with {@code request.json} describes a job beside it. A job with inputs has its
 * directory before it is acknowledged; a job without inputs gets it when its code first asks for a
 * directory, writes to the log or runs a step, and none at all if it does nothing of this.
 */
package org.peerworks.job.engine.internal;
