"""The audit log: who did what to whom. It only grows, and shows when somebody has changed it behind the engine."""
