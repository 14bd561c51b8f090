"""What only the whole pack can show to be wrong: one module for each kind of thing. Findings go to the layout's."""
