/** What tests of job types share: a job on disk, its package, its program. */
package org.peerworks.job.testkit;
