"""Train PPO of Stable-Baselines3 on CartPole with the hyper-parameters of CleanRL's ppo.py, and keep its logs.

It made `tests/cases/runs/cartpole/`; the tests read those files and never run this. About four minutes a seed on one
core, after `pip install torch==2.13.0 gymnasium stable-baselines3 tensorboard`:

    python tests/reproduction/training/train_cartpole.py tests/cases/runs/cartpole 1 2 3
"""

from __future__ import annotations

import sys
from pathlib import Path

STEPS = 500_000
ENVIRONMENTS = 4


def train(folder: Path, seed: int) -> None:
    """Train one agent and write `monitor.csv` of each environment, `progress.csv` and an event file."""
    import torch
    from stable_baselines3 import PPO
    from stable_baselines3.common.env_util import make_vec_env
    from stable_baselines3.common.logger import configure

    torch.set_num_threads(1)
    run = folder / f"seed-{seed}"
    environments = make_vec_env("CartPole-v1", n_envs=ENVIRONMENTS, seed=seed, monitor_dir=str(run))
    model = PPO(
        "MlpPolicy",
        environments,
        learning_rate=lambda left: 2.5e-4 * left,
        n_steps=128,
        batch_size=128,
        n_epochs=4,
        clip_range=0.2,
        clip_range_vf=0.2,
        ent_coef=0.01,
        vf_coef=0.5,
        max_grad_norm=0.5,
        policy_kwargs={
            "net_arch": {"pi": [64, 64], "vf": [64, 64]},
            "activation_fn": torch.nn.Tanh,
        },
        seed=seed,
    )
    model.set_logger(configure(str(run), ["csv", "tensorboard"]))
    model.learn(STEPS, log_interval=10)


if __name__ == "__main__":
    for number in sys.argv[2:]:
        train(Path(sys.argv[1]), int(number))
