#!/bin/bash
sleap-nn train \
  --config-name single_instance.yaml \
  --config-dir . \
  trainer_config.ckpt_dir=models \
  trainer_config.run_name=single_instance
