/**
 * For the tests of job types: a job on disk whose programs run, a framework that a bundle can be
 * tried in.
 */
package org.peerworks.job.testkit;
