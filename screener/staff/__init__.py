"""The staff session without a screen: the worklist, opened responses, copies saved and printed."""
